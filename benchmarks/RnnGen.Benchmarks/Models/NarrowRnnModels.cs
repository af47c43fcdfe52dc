namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32, Weights = WeightFormat.BFloat16), Rnn(16)]
internal sealed partial class RnnS16BFloat16 : IStreamed<RnnS16BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.BFloat16), Rnn(32)]
internal sealed partial class RnnS32BFloat16 : IStreamed<RnnS32BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.BFloat16), Rnn(64)]
internal sealed partial class RnnM64BFloat16 : IStreamed<RnnM64BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.BFloat16), Rnn(128)]
internal sealed partial class RnnM128BFloat16 : IStreamed<RnnM128BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32, Weights = WeightFormat.BFloat16), Rnn(256)]
internal sealed partial class RnnL256BFloat16 : IStreamed<RnnL256BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32, Weights = WeightFormat.Int8), Rnn(16)]
internal sealed partial class RnnS16Int8 : IStreamed<RnnS16Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int8), Rnn(32)]
internal sealed partial class RnnS32Int8 : IStreamed<RnnS32Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int8), Rnn(64)]
internal sealed partial class RnnM64Int8 : IStreamed<RnnM64Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int8), Rnn(128)]
internal sealed partial class RnnM128Int8 : IStreamed<RnnM128Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32, Weights = WeightFormat.Int8), Rnn(256)]
internal sealed partial class RnnL256Int8 : IStreamed<RnnL256Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32, Weights = WeightFormat.Int4), Rnn(16)]
internal sealed partial class RnnS16Int4 : IStreamed<RnnS16Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int4), Rnn(32)]
internal sealed partial class RnnS32Int4 : IStreamed<RnnS32Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int4), Rnn(64)]
internal sealed partial class RnnM64Int4 : IStreamed<RnnM64Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int4), Rnn(128)]
internal sealed partial class RnnM128Int4 : IStreamed<RnnM128Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32, Weights = WeightFormat.Int4), Rnn(256)]
internal sealed partial class RnnL256Int4 : IStreamed<RnnL256Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
