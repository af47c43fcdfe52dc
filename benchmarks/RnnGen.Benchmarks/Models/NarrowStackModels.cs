namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 128, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.BFloat16)]
internal sealed partial class Stack2x128BFloat16 : IStreamed<Stack2x128BFloat16.State>
{
    [Lstm(128)] public partial Layer First { get; }

    [Lstm(128)] public partial Layer Second { get; }

    [Linear(32)] public partial Layer Answers { get; }

    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 256, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.BFloat16)]
internal sealed partial class Stack3x256BFloat16 : IStreamed<Stack3x256BFloat16.State>
{
    [Lstm(256)] public partial Layer First { get; }

    [Lstm(256)] public partial Layer Second { get; }

    [Lstm(256)] public partial Layer Third { get; }

    [Linear(32)] public partial Layer Answers { get; }

    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int8)]
internal sealed partial class Stack2x128Int8 : IStreamed<Stack2x128Int8.State>
{
    [Lstm(128)] public partial Layer First { get; }

    [Lstm(128)] public partial Layer Second { get; }

    [Linear(32)] public partial Layer Answers { get; }

    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 256, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int8)]
internal sealed partial class Stack3x256Int8 : IStreamed<Stack3x256Int8.State>
{
    [Lstm(256)] public partial Layer First { get; }

    [Lstm(256)] public partial Layer Second { get; }

    [Lstm(256)] public partial Layer Third { get; }

    [Linear(32)] public partial Layer Answers { get; }

    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int4)]
internal sealed partial class Stack2x128Int4 : IStreamed<Stack2x128Int4.State>
{
    [Lstm(128)] public partial Layer First { get; }

    [Lstm(128)] public partial Layer Second { get; }

    [Linear(32)] public partial Layer Answers { get; }

    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 256, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int4)]
internal sealed partial class Stack3x256Int4 : IStreamed<Stack3x256Int4.State>
{
    [Lstm(256)] public partial Layer First { get; }

    [Lstm(256)] public partial Layer Second { get; }

    [Lstm(256)] public partial Layer Third { get; }

    [Linear(32)] public partial Layer Answers { get; }

    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 128, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int8)]
internal sealed partial class Stack2x128Mixed : IStreamed<Stack2x128Mixed.State>
{
    [Lstm(128)] public partial Layer First { get; }

    [Lstm(128, Weights = WeightFormat.Int4)] public partial Layer Second { get; }

    [Linear(32)] public partial Layer Answers { get; }

    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}

[RnnModel(inputSize: 256, sequenceLength: 64, BatchSize = 32, Weights = WeightFormat.Int8)]
internal sealed partial class Stack3x256Mixed : IStreamed<Stack3x256Mixed.State>
{
    [Lstm(256)] public partial Layer First { get; }

    [Lstm(256, Weights = WeightFormat.Int4)] public partial Layer Second { get; }

    [Lstm(256, Weights = WeightFormat.Int4)] public partial Layer Third { get; }

    [Linear(32)] public partial Layer Answers { get; }

    public void Stream(Tour<State> tour, int steps)
    {
        for (; steps > 0; steps--)
        {
            Step(tour.NextState(), tour.NextInput(), tour.Outputs);
        }
    }
}
