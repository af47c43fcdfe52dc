namespace RnnGen.Benchmarks;

// The two stacks for which records on accelerator cards have been published.

[RnnModel(inputSize: 128, sequenceLength: 64, BatchSize = 32)]
internal sealed partial class Stack2x128 : IStreamed<Stack2x128.State>
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

[RnnModel(inputSize: 256, sequenceLength: 64, BatchSize = 32)]
internal sealed partial class Stack3x256 : IStreamed<Stack3x256.State>
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
