namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 4, sequenceLength: 6, BatchSize = 32), Rnn(2)]
internal sealed partial class RnnSeed : IStreamed<RnnSeed.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 1, sequenceLength: 64, BatchSize = 32), Rnn(20)]
internal sealed partial class RnnAmp : IStreamed<RnnAmp.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32), Rnn(16)]
internal sealed partial class RnnS16 : IStreamed<RnnS16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32), Rnn(32)]
internal sealed partial class RnnS32 : IStreamed<RnnS32.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32), Rnn(64)]
internal sealed partial class RnnM64 : IStreamed<RnnM64.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32), Rnn(128)]
internal sealed partial class RnnM128 : IStreamed<RnnM128.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32), Rnn(256)]
internal sealed partial class RnnL256 : IStreamed<RnnL256.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
