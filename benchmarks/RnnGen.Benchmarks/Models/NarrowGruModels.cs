namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32, Weights = WeightFormat.BFloat16), Gru(16)]
internal sealed partial class GruS16BFloat16 : IStreamed<GruS16BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.BFloat16), Gru(32)]
internal sealed partial class GruS32BFloat16 : IStreamed<GruS32BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.BFloat16), Gru(64)]
internal sealed partial class GruM64BFloat16 : IStreamed<GruM64BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.BFloat16), Gru(128)]
internal sealed partial class GruM128BFloat16 : IStreamed<GruM128BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32, Weights = WeightFormat.BFloat16), Gru(256)]
internal sealed partial class GruL256BFloat16 : IStreamed<GruL256BFloat16.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32, Weights = WeightFormat.Int8), Gru(16)]
internal sealed partial class GruS16Int8 : IStreamed<GruS16Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int8), Gru(32)]
internal sealed partial class GruS32Int8 : IStreamed<GruS32Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int8), Gru(64)]
internal sealed partial class GruM64Int8 : IStreamed<GruM64Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int8), Gru(128)]
internal sealed partial class GruM128Int8 : IStreamed<GruM128Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32, Weights = WeightFormat.Int8), Gru(256)]
internal sealed partial class GruL256Int8 : IStreamed<GruL256Int8.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 8, sequenceLength: 32, BatchSize = 32, Weights = WeightFormat.Int4), Gru(16)]
internal sealed partial class GruS16Int4 : IStreamed<GruS16Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int4), Gru(32)]
internal sealed partial class GruS32Int4 : IStreamed<GruS32Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int4), Gru(64)]
internal sealed partial class GruM64Int4 : IStreamed<GruM64Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Weights = WeightFormat.Int4), Gru(128)]
internal sealed partial class GruM128Int4 : IStreamed<GruM128Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32, Weights = WeightFormat.Int4), Gru(256)]
internal sealed partial class GruL256Int4 : IStreamed<GruL256Int4.State>
{
    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
