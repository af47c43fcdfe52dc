namespace RnnGen.Benchmarks;

[RnnModel(inputSize: 4, sequenceLength: 16), Gru(12), Linear(1)]
internal sealed partial class ServedGru;
