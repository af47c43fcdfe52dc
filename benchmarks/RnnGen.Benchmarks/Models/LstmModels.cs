namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 4, sequenceLength: 6, BatchSize = 32), Lstm(2)]
internal sealed partial class LstmSeed : IMeasuredInBatches<LstmSeed, LstmSeed.State, LstmSeed.Tape, LstmSeed.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 1, sequenceLength: 64, BatchSize = 32), Lstm(20)]
internal sealed partial class LstmAmp : IMeasuredInBatches<LstmAmp, LstmAmp.State, LstmAmp.Tape, LstmAmp.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32), Lstm(16)]
internal sealed partial class LstmS16 : IMeasuredInBatches<LstmS16, LstmS16.State, LstmS16.Tape, LstmS16.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32), Lstm(32)]
internal sealed partial class LstmS32 : IMeasuredInBatches<LstmS32, LstmS32.State, LstmS32.Tape, LstmS32.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32), Lstm(64)]
internal sealed partial class LstmM64 : IMeasuredInBatches<LstmM64, LstmM64.State, LstmM64.Tape, LstmM64.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32), Lstm(128)]
internal sealed partial class LstmM128 : IMeasuredInBatches<LstmM128, LstmM128.State, LstmM128.Tape, LstmM128.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32), Lstm(256)]
internal sealed partial class LstmL256 : IMeasuredInBatches<LstmL256, LstmL256.State, LstmL256.Tape, LstmL256.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
