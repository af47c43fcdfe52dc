namespace RnnGen.Numerics.Tests.Models;

// Every cell and option at every size where the loops of a kernel take another form. Inputs differ from hidden sizes, and are equal once.

[RnnModel(inputSize: 1, sequenceLength: 6), Rnn(1)]
internal sealed partial class RnnTanh1;

[RnnModel(inputSize: 3, sequenceLength: 6), Rnn(2)]
internal sealed partial class RnnTanh2;

[RnnModel(inputSize: 2, sequenceLength: 6), Rnn(3)]
internal sealed partial class RnnTanh3;

[RnnModel(inputSize: 4, sequenceLength: 6), Rnn(5)]
internal sealed partial class RnnTanh5;

[RnnModel(inputSize: 9, sequenceLength: 6), Rnn(7)]
internal sealed partial class RnnTanh7;

[RnnModel(inputSize: 8, sequenceLength: 6), Rnn(8)]
internal sealed partial class RnnTanh8;

[RnnModel(inputSize: 1, sequenceLength: 6), Rnn(15)]
internal sealed partial class RnnTanh15;

[RnnModel(inputSize: 8, sequenceLength: 6), Rnn(16)]
internal sealed partial class RnnTanh16;

[RnnModel(inputSize: 5, sequenceLength: 6), Rnn(17)]
internal sealed partial class RnnTanh17;

[RnnModel(inputSize: 20, sequenceLength: 6), Rnn(20)]
internal sealed partial class RnnTanh20;

[RnnModel(inputSize: 6, sequenceLength: 6), Rnn(33)]
internal sealed partial class RnnTanh33;

[RnnModel(inputSize: 7, sequenceLength: 6), Rnn(64)]
internal sealed partial class RnnTanh64;

[RnnModel(inputSize: 1, sequenceLength: 6), Rnn(1, Activation = Activation.Relu)]
internal sealed partial class RnnRelu1;

[RnnModel(inputSize: 3, sequenceLength: 6), Rnn(2, Activation = Activation.Relu)]
internal sealed partial class RnnRelu2;

[RnnModel(inputSize: 2, sequenceLength: 6), Rnn(3, Activation = Activation.Relu)]
internal sealed partial class RnnRelu3;

[RnnModel(inputSize: 4, sequenceLength: 6), Rnn(5, Activation = Activation.Relu)]
internal sealed partial class RnnRelu5;

[RnnModel(inputSize: 9, sequenceLength: 6), Rnn(7, Activation = Activation.Relu)]
internal sealed partial class RnnRelu7;

[RnnModel(inputSize: 8, sequenceLength: 6), Rnn(8, Activation = Activation.Relu)]
internal sealed partial class RnnRelu8;

[RnnModel(inputSize: 1, sequenceLength: 6), Rnn(15, Activation = Activation.Relu)]
internal sealed partial class RnnRelu15;

[RnnModel(inputSize: 8, sequenceLength: 6), Rnn(16, Activation = Activation.Relu)]
internal sealed partial class RnnRelu16;

[RnnModel(inputSize: 5, sequenceLength: 6), Rnn(17, Activation = Activation.Relu)]
internal sealed partial class RnnRelu17;

[RnnModel(inputSize: 20, sequenceLength: 6), Rnn(20, Activation = Activation.Relu)]
internal sealed partial class RnnRelu20;

[RnnModel(inputSize: 6, sequenceLength: 6), Rnn(33, Activation = Activation.Relu)]
internal sealed partial class RnnRelu33;

[RnnModel(inputSize: 7, sequenceLength: 6), Rnn(64, Activation = Activation.Relu)]
internal sealed partial class RnnRelu64;

[RnnModel(inputSize: 1, sequenceLength: 6), Rnn(1, Activation = Activation.Sigmoid, Bias = false)]
internal sealed partial class RnnSigmoid1;

[RnnModel(inputSize: 4, sequenceLength: 6), Rnn(5, Activation = Activation.Sigmoid, Bias = false)]
internal sealed partial class RnnSigmoid5;

[RnnModel(inputSize: 5, sequenceLength: 6), Rnn(17, Activation = Activation.Sigmoid, Bias = false)]
internal sealed partial class RnnSigmoid17;

[RnnModel(inputSize: 6, sequenceLength: 6), Rnn(33, Activation = Activation.Sigmoid, Bias = false)]
internal sealed partial class RnnSigmoid33;

[RnnModel(inputSize: 1, sequenceLength: 6), Lstm(1)]
internal sealed partial class Lstm1;

[RnnModel(inputSize: 3, sequenceLength: 6), Lstm(2)]
internal sealed partial class Lstm2;

[RnnModel(inputSize: 2, sequenceLength: 6), Lstm(3)]
internal sealed partial class Lstm3;

[RnnModel(inputSize: 4, sequenceLength: 6), Lstm(5)]
internal sealed partial class Lstm5;

[RnnModel(inputSize: 9, sequenceLength: 6), Lstm(7)]
internal sealed partial class Lstm7;

[RnnModel(inputSize: 8, sequenceLength: 6), Lstm(8)]
internal sealed partial class Lstm8;

[RnnModel(inputSize: 1, sequenceLength: 6), Lstm(15)]
internal sealed partial class Lstm15;

[RnnModel(inputSize: 8, sequenceLength: 6), Lstm(16)]
internal sealed partial class Lstm16;

[RnnModel(inputSize: 5, sequenceLength: 6), Lstm(17)]
internal sealed partial class Lstm17;

[RnnModel(inputSize: 20, sequenceLength: 6), Lstm(20)]
internal sealed partial class Lstm20;

[RnnModel(inputSize: 6, sequenceLength: 6), Lstm(33)]
internal sealed partial class Lstm33;

[RnnModel(inputSize: 7, sequenceLength: 6), Lstm(64)]
internal sealed partial class Lstm64;

[RnnModel(inputSize: 1, sequenceLength: 6), Lstm(1, Bias = false)]
internal sealed partial class LstmNoBias1;

[RnnModel(inputSize: 4, sequenceLength: 6), Lstm(5, Bias = false)]
internal sealed partial class LstmNoBias5;

[RnnModel(inputSize: 5, sequenceLength: 6), Lstm(17, Bias = false)]
internal sealed partial class LstmNoBias17;

[RnnModel(inputSize: 6, sequenceLength: 6), Lstm(33, Bias = false)]
internal sealed partial class LstmNoBias33;

[RnnModel(inputSize: 1, sequenceLength: 6), Gru(1)]
internal sealed partial class Gru1;

[RnnModel(inputSize: 3, sequenceLength: 6), Gru(2)]
internal sealed partial class Gru2;

[RnnModel(inputSize: 2, sequenceLength: 6), Gru(3)]
internal sealed partial class Gru3;

[RnnModel(inputSize: 4, sequenceLength: 6), Gru(5)]
internal sealed partial class Gru5;

[RnnModel(inputSize: 9, sequenceLength: 6), Gru(7)]
internal sealed partial class Gru7;

[RnnModel(inputSize: 8, sequenceLength: 6), Gru(8)]
internal sealed partial class Gru8;

[RnnModel(inputSize: 1, sequenceLength: 6), Gru(15)]
internal sealed partial class Gru15;

[RnnModel(inputSize: 8, sequenceLength: 6), Gru(16)]
internal sealed partial class Gru16;

[RnnModel(inputSize: 5, sequenceLength: 6), Gru(17)]
internal sealed partial class Gru17;

[RnnModel(inputSize: 20, sequenceLength: 6), Gru(20)]
internal sealed partial class Gru20;

[RnnModel(inputSize: 6, sequenceLength: 6), Gru(33)]
internal sealed partial class Gru33;

[RnnModel(inputSize: 7, sequenceLength: 6), Gru(64)]
internal sealed partial class Gru64;

[RnnModel(inputSize: 1, sequenceLength: 6), Gru(1, LinearBeforeReset = false)]
internal sealed partial class GruReset1;

[RnnModel(inputSize: 3, sequenceLength: 6), Gru(2, LinearBeforeReset = false)]
internal sealed partial class GruReset2;

[RnnModel(inputSize: 2, sequenceLength: 6), Gru(3, LinearBeforeReset = false)]
internal sealed partial class GruReset3;

[RnnModel(inputSize: 4, sequenceLength: 6), Gru(5, LinearBeforeReset = false)]
internal sealed partial class GruReset5;

[RnnModel(inputSize: 9, sequenceLength: 6), Gru(7, LinearBeforeReset = false)]
internal sealed partial class GruReset7;

[RnnModel(inputSize: 8, sequenceLength: 6), Gru(8, LinearBeforeReset = false)]
internal sealed partial class GruReset8;

[RnnModel(inputSize: 1, sequenceLength: 6), Gru(15, LinearBeforeReset = false)]
internal sealed partial class GruReset15;

[RnnModel(inputSize: 8, sequenceLength: 6), Gru(16, LinearBeforeReset = false)]
internal sealed partial class GruReset16;

[RnnModel(inputSize: 5, sequenceLength: 6), Gru(17, LinearBeforeReset = false)]
internal sealed partial class GruReset17;

[RnnModel(inputSize: 20, sequenceLength: 6), Gru(20, LinearBeforeReset = false)]
internal sealed partial class GruReset20;

[RnnModel(inputSize: 6, sequenceLength: 6), Gru(33, LinearBeforeReset = false)]
internal sealed partial class GruReset33;

[RnnModel(inputSize: 7, sequenceLength: 6), Gru(64, LinearBeforeReset = false)]
internal sealed partial class GruReset64;
