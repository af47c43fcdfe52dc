namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 4, sequenceLength: 6), Rnn(2)]
internal sealed partial class RnnSeed : IMeasured<RnnSeed, RnnSeed.State, RnnSeed.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 1, sequenceLength: 64), Rnn(20)]
internal sealed partial class RnnAmp : IMeasured<RnnAmp, RnnAmp.State, RnnAmp.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32), Rnn(16)]
internal sealed partial class RnnS16 : IMeasured<RnnS16, RnnS16.State, RnnS16.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64), Rnn(32)]
internal sealed partial class RnnS32 : IMeasured<RnnS32, RnnS32.State, RnnS32.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100), Rnn(64)]
internal sealed partial class RnnM64 : IMeasured<RnnM64, RnnM64.State, RnnM64.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100), Rnn(128)]
internal sealed partial class RnnM128 : IMeasured<RnnM128, RnnM128.State, RnnM128.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50), Rnn(256)]
internal sealed partial class RnnL256 : IMeasured<RnnL256, RnnL256.State, RnnL256.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
