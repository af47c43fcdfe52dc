namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 4, sequenceLength: 6), Gru(2)]
internal sealed partial class GruSeed : IMeasured<GruSeed, GruSeed.State, GruSeed.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 1, sequenceLength: 64), Gru(20)]
internal sealed partial class GruAmp : IMeasured<GruAmp, GruAmp.State, GruAmp.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32), Gru(16)]
internal sealed partial class GruS16 : IMeasured<GruS16, GruS16.State, GruS16.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64), Gru(32)]
internal sealed partial class GruS32 : IMeasured<GruS32, GruS32.State, GruS32.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100), Gru(64)]
internal sealed partial class GruM64 : IMeasured<GruM64, GruM64.State, GruM64.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100), Gru(128)]
internal sealed partial class GruM128 : IMeasured<GruM128, GruM128.State, GruM128.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50), Gru(256)]
internal sealed partial class GruL256 : IMeasured<GruL256, GruL256.State, GruL256.Tape>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
