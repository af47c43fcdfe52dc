namespace RnnGen.Benchmarks;

// The sizes that are measured everywhere: input, hidden size, steps.

[RnnModel(inputSize: 4, sequenceLength: 6), Rnn(2)]
internal sealed partial class RnnSeed;

[RnnModel(inputSize: 1, sequenceLength: 64), Rnn(20)]
internal sealed partial class RnnAmp;

[RnnModel(inputSize: 8, sequenceLength: 32), Rnn(16)]
internal sealed partial class RnnS16;

[RnnModel(inputSize: 16, sequenceLength: 64), Rnn(32)]
internal sealed partial class RnnS32;

[RnnModel(inputSize: 40, sequenceLength: 100), Rnn(64)]
internal sealed partial class RnnM64;

[RnnModel(inputSize: 64, sequenceLength: 100), Rnn(128)]
internal sealed partial class RnnM128;

[RnnModel(inputSize: 128, sequenceLength: 50), Rnn(256)]
internal sealed partial class RnnL256;

[RnnModel(inputSize: 4, sequenceLength: 6), Lstm(2)]
internal sealed partial class LstmSeed;

[RnnModel(inputSize: 1, sequenceLength: 64), Lstm(20)]
internal sealed partial class LstmAmp;

[RnnModel(inputSize: 8, sequenceLength: 32), Lstm(16)]
internal sealed partial class LstmS16;

[RnnModel(inputSize: 16, sequenceLength: 64), Lstm(32)]
internal sealed partial class LstmS32;

[RnnModel(inputSize: 40, sequenceLength: 100), Lstm(64)]
internal sealed partial class LstmM64;

[RnnModel(inputSize: 64, sequenceLength: 100), Lstm(128)]
internal sealed partial class LstmM128;

[RnnModel(inputSize: 128, sequenceLength: 50), Lstm(256)]
internal sealed partial class LstmL256;

[RnnModel(inputSize: 4, sequenceLength: 6), Gru(2)]
internal sealed partial class GruSeed;

[RnnModel(inputSize: 1, sequenceLength: 64), Gru(20)]
internal sealed partial class GruAmp;

[RnnModel(inputSize: 8, sequenceLength: 32), Gru(16)]
internal sealed partial class GruS16;

[RnnModel(inputSize: 16, sequenceLength: 64), Gru(32)]
internal sealed partial class GruS32;

[RnnModel(inputSize: 40, sequenceLength: 100), Gru(64)]
internal sealed partial class GruM64;

[RnnModel(inputSize: 64, sequenceLength: 100), Gru(128)]
internal sealed partial class GruM128;

[RnnModel(inputSize: 128, sequenceLength: 50), Gru(256)]
internal sealed partial class GruL256;
