namespace RnnGen.Benchmarks;

// Models of the catalog whose steps two threads share.

[RnnModel(inputSize: 40, sequenceLength: 100, Parallel = 2), Lstm(64)]
internal sealed partial class ParallelLstmM64;

[RnnModel(inputSize: 64, sequenceLength: 100, Parallel = 2), Lstm(128)]
internal sealed partial class ParallelLstmM128;

[RnnModel(inputSize: 128, sequenceLength: 50, Parallel = 2), Lstm(256)]
internal sealed partial class ParallelLstmL256;

[RnnModel(inputSize: 128, sequenceLength: 50, Parallel = 2), Gru(256)]
internal sealed partial class ParallelGruL256;

[RnnModel(inputSize: 128, sequenceLength: 64, Parallel = 2)]
internal sealed partial class ParallelStack2x128
{
    [Lstm(128)] public partial Layer First { get; }

    [Lstm(128)] public partial Layer Second { get; }

    [Linear(32)] public partial Layer Answers { get; }
}

[RnnModel(inputSize: 256, sequenceLength: 64, Parallel = 2)]
internal sealed partial class ParallelStack3x256
{
    [Lstm(256)] public partial Layer First { get; }

    [Lstm(256)] public partial Layer Second { get; }

    [Lstm(256)] public partial Layer Third { get; }

    [Linear(32)] public partial Layer Answers { get; }
}

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.BFloat16, Parallel = 2), Lstm(256)]
internal sealed partial class ParallelLstmL256BFloat16;

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.BFloat16, Parallel = 2), Gru(256)]
internal sealed partial class ParallelGruL256BFloat16;

[RnnModel(inputSize: 128, sequenceLength: 64, Weights = WeightFormat.BFloat16, Parallel = 2)]
internal sealed partial class ParallelStack2x128BFloat16
{
    [Lstm(128)] public partial Layer First { get; }

    [Lstm(128)] public partial Layer Second { get; }

    [Linear(32)] public partial Layer Answers { get; }
}

[RnnModel(inputSize: 256, sequenceLength: 64, Weights = WeightFormat.BFloat16, Parallel = 2)]
internal sealed partial class ParallelStack3x256BFloat16
{
    [Lstm(256)] public partial Layer First { get; }

    [Lstm(256)] public partial Layer Second { get; }

    [Lstm(256)] public partial Layer Third { get; }

    [Linear(32)] public partial Layer Answers { get; }
}

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.Int8, Parallel = 2), Lstm(256)]
internal sealed partial class ParallelLstmL256Int8;

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.Int8, Parallel = 2), Gru(256)]
internal sealed partial class ParallelGruL256Int8;

[RnnModel(inputSize: 128, sequenceLength: 64, Weights = WeightFormat.Int8, Parallel = 2)]
internal sealed partial class ParallelStack2x128Int8
{
    [Lstm(128)] public partial Layer First { get; }

    [Lstm(128)] public partial Layer Second { get; }

    [Linear(32)] public partial Layer Answers { get; }
}

[RnnModel(inputSize: 256, sequenceLength: 64, Weights = WeightFormat.Int8, Parallel = 2)]
internal sealed partial class ParallelStack3x256Int8
{
    [Lstm(256)] public partial Layer First { get; }

    [Lstm(256)] public partial Layer Second { get; }

    [Lstm(256)] public partial Layer Third { get; }

    [Linear(32)] public partial Layer Answers { get; }
}
