namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 4, sequenceLength: 6), Lstm(2)]
internal sealed partial class LstmSeed : IMeasured<LstmSeed, LstmSeed.State, LstmSeed.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 1, sequenceLength: 64), Lstm(20)]
internal sealed partial class LstmAmp : IMeasured<LstmAmp, LstmAmp.State, LstmAmp.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32), Lstm(16)]
internal sealed partial class LstmS16 : IMeasured<LstmS16, LstmS16.State, LstmS16.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64), Lstm(32)]
internal sealed partial class LstmS32 : IMeasured<LstmS32, LstmS32.State, LstmS32.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100), Lstm(64)]
internal sealed partial class LstmM64 : IMeasured<LstmM64, LstmM64.State, LstmM64.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100), Lstm(128)]
internal sealed partial class LstmM128 : IMeasured<LstmM128, LstmM128.State, LstmM128.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50), Lstm(256)]
internal sealed partial class LstmL256 : IMeasured<LstmL256, LstmL256.State, LstmL256.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
