namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 4, sequenceLength: 6, BatchSize = 32), Rnn(2)]
internal sealed partial class RnnSeed : IMeasuredInBatches<RnnSeed, RnnSeed.State, RnnSeed.Tape, RnnSeed.Batch>
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
internal sealed partial class RnnAmp : IMeasuredInBatches<RnnAmp, RnnAmp.State, RnnAmp.Tape, RnnAmp.Batch>
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
internal sealed partial class RnnS16 : IMeasuredInBatches<RnnS16, RnnS16.State, RnnS16.Tape, RnnS16.Batch>
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
internal sealed partial class RnnS32 : IMeasuredInBatches<RnnS32, RnnS32.State, RnnS32.Tape, RnnS32.Batch>
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
internal sealed partial class RnnM64 : IMeasuredInBatches<RnnM64, RnnM64.State, RnnM64.Tape, RnnM64.Batch>
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
internal sealed partial class RnnM128 : IMeasuredInBatches<RnnM128, RnnM128.State, RnnM128.Tape, RnnM128.Batch>
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
internal sealed partial class RnnL256 : IMeasuredInBatches<RnnL256, RnnL256.State, RnnL256.Tape, RnnL256.Batch>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
