namespace RnnGen.Benchmarks;

// What trainers spread over cores: the measured models with a head.

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32), Rnn(32), Linear(4)]
internal sealed partial class TrainedRnnS32;

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32), Rnn(64), Linear(4)]
internal sealed partial class TrainedRnnM64;

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32), Rnn(128), Linear(4)]
internal sealed partial class TrainedRnnM128;

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32), Rnn(256), Linear(4)]
internal sealed partial class TrainedRnnL256;

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32), Lstm(32), Linear(4)]
internal sealed partial class TrainedLstmS32;

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32), Lstm(64), Linear(4)]
internal sealed partial class TrainedLstmM64;

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32), Lstm(128), Linear(4)]
internal sealed partial class TrainedLstmM128;

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32), Lstm(256), Linear(4)]
internal sealed partial class TrainedLstmL256;

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32), Gru(32), Linear(4)]
internal sealed partial class TrainedGruS32;

[RnnModel(inputSize: 40, sequenceLength: 100, BatchSize = 32), Gru(64), Linear(4)]
internal sealed partial class TrainedGruM64;

[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32), Gru(128), Linear(4)]
internal sealed partial class TrainedGruM128;

[RnnModel(inputSize: 128, sequenceLength: 50, BatchSize = 32), Gru(256), Linear(4)]
internal sealed partial class TrainedGruL256;
