namespace RnnGen.Benchmarks;

// Models of three sizes by what they do with steps that are not finite.

[RnnModel(inputSize: 1, sequenceLength: 64, BatchSize = 32), Lstm(20), Linear(1)]
internal sealed partial class AmpAsItIs;

[RnnModel(inputSize: 1, sequenceLength: 64, BatchSize = 32, NonFinite = NonFinite.Throw), Lstm(20), Linear(1)]
internal sealed partial class AmpThrows;

[RnnModel(inputSize: 1, sequenceLength: 64, BatchSize = 32, NonFinite = NonFinite.Hold), Lstm(20), Linear(1)]
internal sealed partial class AmpHolds;

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32), Gru(32), Linear(4)]
internal sealed partial class SensorAsItIs;

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, NonFinite = NonFinite.Throw), Gru(32), Linear(4)]
internal sealed partial class SensorThrows;

[RnnModel(inputSize: 16, sequenceLength: 64, BatchSize = 32, NonFinite = NonFinite.Hold), Gru(32), Linear(4)]
internal sealed partial class SensorHolds;

[RnnModel(inputSize: 40, sequenceLength: 64, BatchSize = 32), Lstm(128), Softmax(10)]
internal sealed partial class SpeechAsItIs;

[RnnModel(inputSize: 40, sequenceLength: 64, BatchSize = 32, NonFinite = NonFinite.Throw), Lstm(128), Softmax(10)]
internal sealed partial class SpeechThrows;

[RnnModel(inputSize: 40, sequenceLength: 64, BatchSize = 32, NonFinite = NonFinite.Hold), Lstm(128), Softmax(10)]
internal sealed partial class SpeechHolds;
