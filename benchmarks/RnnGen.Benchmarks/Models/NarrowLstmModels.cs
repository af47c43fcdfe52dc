namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32, Weights = WeightFormat.BFloat16), Lstm(16)]
internal sealed partial class LstmS16BFloat16 : IStreamed<LstmS16BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.BFloat16), Lstm(32)]
internal sealed partial class LstmS32BFloat16 : IStreamed<LstmS32BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.BFloat16), Lstm(64)]
internal sealed partial class LstmM64BFloat16 : IStreamed<LstmM64BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.BFloat16), Lstm(128)]
internal sealed partial class LstmM128BFloat16 : IStreamed<LstmM128BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32, Weights = WeightFormat.BFloat16), Lstm(256)]
internal sealed partial class LstmL256BFloat16 : IStreamed<LstmL256BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32, Weights = WeightFormat.Int8), Lstm(16)]
internal sealed partial class LstmS16Int8 : IStreamed<LstmS16Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int8), Lstm(32)]
internal sealed partial class LstmS32Int8 : IStreamed<LstmS32Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int8), Lstm(64)]
internal sealed partial class LstmM64Int8 : IStreamed<LstmM64Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int8), Lstm(128)]
internal sealed partial class LstmM128Int8 : IStreamed<LstmM128Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32, Weights = WeightFormat.Int8), Lstm(256)]
internal sealed partial class LstmL256Int8 : IStreamed<LstmL256Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32, Weights = WeightFormat.Int4), Lstm(16)]
internal sealed partial class LstmS16Int4 : IStreamed<LstmS16Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int4), Lstm(32)]
internal sealed partial class LstmS32Int4 : IStreamed<LstmS32Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int4), Lstm(64)]
internal sealed partial class LstmM64Int4 : IStreamed<LstmM64Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int4), Lstm(128)]
internal sealed partial class LstmM128Int4 : IStreamed<LstmM128Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32, Weights = WeightFormat.Int4), Lstm(256)]
internal sealed partial class LstmL256Int4 : IStreamed<LstmL256Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
