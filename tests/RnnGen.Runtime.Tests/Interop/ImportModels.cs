namespace RnnGen.Tests.Interop;

[RnnModel(inputSize: 3, sequenceLength: 4), Lstm(5)]
internal sealed partial class ImportedLstm;

[RnnModel(inputSize: 3, sequenceLength: 4), Gru(5)]
internal sealed partial class ImportedGru;

[RnnModel(inputSize: 3, sequenceLength: 4), Gru(5, LinearBeforeReset = false)]
internal sealed partial class ImportedResetBefore;

[RnnModel(inputSize: 3, sequenceLength: 4), Rnn(5)]
internal sealed partial class ImportedRnn;

[RnnModel(inputSize: 3, sequenceLength: 4), Lstm(5, Direction = Direction.Bidirectional, Layers = 2)]
internal sealed partial class ImportedStack;
