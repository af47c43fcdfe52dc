namespace RnnGen.Benchmarks;

// Models of the catalog that give the same bits on every machine.

[RnnModel(inputSize: 1, sequenceLength: 64, BatchSize = 32, Reproducible = true), Lstm(20)]
internal sealed partial class ReproducibleAmp;

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, Reproducible = true), Gru(32)]
internal sealed partial class ReproducibleS32;

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32, Reproducible = true), Lstm(64)]
internal sealed partial class ReproducibleM64;

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32, Reproducible = true), Lstm(128)]
internal sealed partial class ReproducibleM128;
