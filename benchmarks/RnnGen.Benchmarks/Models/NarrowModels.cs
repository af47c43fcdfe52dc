namespace RnnGen.Benchmarks;

// Models of the catalog whose steps read narrow weights.

[RnnModel(inputSize: 16, sequenceLength: 64, Weights = WeightFormat.BFloat16), Gru(32)]
internal sealed partial class GruS32Halves;

[RnnModel(inputSize: 16, sequenceLength: 64, Weights = WeightFormat.Int8), Gru(32)]
internal sealed partial class GruS32Bytes;

[RnnModel(inputSize: 16, sequenceLength: 64, Weights = WeightFormat.Int4), Gru(32)]
internal sealed partial class GruS32Nibbles;

[RnnModel(inputSize: 40, sequenceLength: 100, Weights = WeightFormat.BFloat16), Rnn(64)]
internal sealed partial class RnnM64Halves;

[RnnModel(inputSize: 40, sequenceLength: 100, Weights = WeightFormat.Int8), Rnn(64)]
internal sealed partial class RnnM64Bytes;

[RnnModel(inputSize: 40, sequenceLength: 100, Weights = WeightFormat.Int4), Rnn(64)]
internal sealed partial class RnnM64Nibbles;

[RnnModel(inputSize: 40, sequenceLength: 100, Weights = WeightFormat.BFloat16), Lstm(64)]
internal sealed partial class LstmM64Halves;

[RnnModel(inputSize: 40, sequenceLength: 100, Weights = WeightFormat.Int8), Lstm(64)]
internal sealed partial class LstmM64Bytes;

[RnnModel(inputSize: 40, sequenceLength: 100, Weights = WeightFormat.Int4), Lstm(64)]
internal sealed partial class LstmM64Nibbles;

[RnnModel(inputSize: 64, sequenceLength: 100, Weights = WeightFormat.BFloat16), Lstm(128)]
internal sealed partial class LstmM128Halves;

[RnnModel(inputSize: 64, sequenceLength: 100, Weights = WeightFormat.Int8), Lstm(128)]
internal sealed partial class LstmM128Bytes;

[RnnModel(inputSize: 64, sequenceLength: 100, Weights = WeightFormat.Int4), Lstm(128)]
internal sealed partial class LstmM128Nibbles;

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.BFloat16), Lstm(256)]
internal sealed partial class LstmL256Halves;

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.Int8), Lstm(256)]
internal sealed partial class LstmL256Bytes;

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.Int4), Lstm(256)]
internal sealed partial class LstmL256Nibbles;

[RnnModel(inputSize: 40, sequenceLength: 100, Weights = WeightFormat.BFloat16), Gru(64)]
internal sealed partial class GruM64Halves;

[RnnModel(inputSize: 40, sequenceLength: 100, Weights = WeightFormat.Int8), Gru(64)]
internal sealed partial class GruM64Bytes;

[RnnModel(inputSize: 40, sequenceLength: 100, Weights = WeightFormat.Int4), Gru(64)]
internal sealed partial class GruM64Nibbles;

[RnnModel(inputSize: 64, sequenceLength: 100, Weights = WeightFormat.BFloat16), Gru(128)]
internal sealed partial class GruM128Halves;

[RnnModel(inputSize: 64, sequenceLength: 100, Weights = WeightFormat.Int8), Gru(128)]
internal sealed partial class GruM128Bytes;

[RnnModel(inputSize: 64, sequenceLength: 100, Weights = WeightFormat.Int4), Gru(128)]
internal sealed partial class GruM128Nibbles;

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.BFloat16), Gru(256)]
internal sealed partial class GruL256Halves;

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.Int8), Gru(256)]
internal sealed partial class GruL256Bytes;

[RnnModel(inputSize: 128, sequenceLength: 50, Weights = WeightFormat.Int4), Gru(256)]
internal sealed partial class GruL256Nibbles;

[RnnModel(inputSize: 128, sequenceLength: 64, Weights = WeightFormat.BFloat16), Lstm(128, Layers = 2), Linear(32)]
internal sealed partial class Stack2x128Halves;

[RnnModel(inputSize: 128, sequenceLength: 64, Weights = WeightFormat.Int8), Lstm(128, Layers = 2), Linear(32)]
internal sealed partial class Stack2x128Bytes;

[RnnModel(inputSize: 128, sequenceLength: 64, Weights = WeightFormat.Int4), Lstm(128, Layers = 2), Linear(32)]
internal sealed partial class Stack2x128Nibbles;

[RnnModel(inputSize: 256, sequenceLength: 64, Weights = WeightFormat.BFloat16), Lstm(256, Layers = 3), Linear(32)]
internal sealed partial class Stack3x256Halves;

[RnnModel(inputSize: 256, sequenceLength: 64, Weights = WeightFormat.Int8), Lstm(256, Layers = 3), Linear(32)]
internal sealed partial class Stack3x256Bytes;

[RnnModel(inputSize: 256, sequenceLength: 64, Weights = WeightFormat.Int4), Lstm(256, Layers = 3), Linear(32)]
internal sealed partial class Stack3x256Nibbles;
