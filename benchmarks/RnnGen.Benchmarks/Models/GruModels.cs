namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 4, sequenceLength: 6, BatchSize = 32), Gru(2)]
internal sealed partial class GruSeed : IMeasuredInBatches<GruSeed, GruSeed.State, GruSeed.Tape, GruSeed.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 1, sequenceLength: 64, BatchSize = 32), Gru(20)]
internal sealed partial class GruAmp : IMeasuredInBatches<GruAmp, GruAmp.State, GruAmp.Tape, GruAmp.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32), Gru(16)]
internal sealed partial class GruS16 : IMeasuredInBatches<GruS16, GruS16.State, GruS16.Tape, GruS16.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32), Gru(32)]
internal sealed partial class GruS32 : IMeasuredInBatches<GruS32, GruS32.State, GruS32.Tape, GruS32.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32), Gru(64)]
internal sealed partial class GruM64 : IMeasuredInBatches<GruM64, GruM64.State, GruM64.Tape, GruM64.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32), Gru(128)]
internal sealed partial class GruM128 : IMeasuredInBatches<GruM128, GruM128.State, GruM128.Tape, GruM128.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32), Gru(256)]
internal sealed partial class GruL256 : IMeasuredInBatches<GruL256, GruL256.State, GruL256.Tape, GruL256.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
