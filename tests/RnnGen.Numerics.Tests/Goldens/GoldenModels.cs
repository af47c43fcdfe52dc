namespace RnnGen.Numerics.Tests.Goldens;

// One network per golden file, with its head, and the same network without one where the file has cotangents.
// One direction: each level is a layer of its own, Rnn0, Rnn1, ... Both directions: one layer Rnn with all levels.

[RnnModel(inputSize: 1, sequenceLength: 1)]
internal sealed partial class RnnTanhI1H1T1N1L1UniMseLast
{
    [Rnn(1, ReturnSequences = false)]
    public partial Layer Rnn0 { get; }

    [Linear(1)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 1)]
internal sealed partial class RnnTanhI1H1T1N1L1UniMseLastCore
{
    [Rnn(1)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class RnnTanhI3H5T7N1L1UniCeSeq
{
    [Rnn(5)]
    public partial Layer Rnn0 { get; }

    [Softmax(4)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class RnnTanhI3H5T7N1L1UniCeSeqCore
{
    [Rnn(5)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class RnnTanhI3H5T7N4L2UniMseSeq
{
    [Rnn(5)]
    public partial Layer Rnn0 { get; }

    [Rnn(5)]
    public partial Layer Rnn1 { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class RnnTanhI3H5T7N4L2UniMseSeqCore
{
    [Rnn(5)]
    public partial Layer Rnn0 { get; }

    [Rnn(5)]
    public partial Layer Rnn1 { get; }
}

[RnnModel(inputSize: 8, sequenceLength: 12)]
internal sealed partial class RnnTanhI8H16T12N4L1UniCeSeq
{
    [Rnn(16)]
    public partial Layer Rnn0 { get; }

    [Softmax(8)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 8, sequenceLength: 12)]
internal sealed partial class RnnTanhI8H16T12N4L1UniCeSeqCore
{
    [Rnn(16)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 1)]
internal sealed partial class RnnReluI1H1T1N1L1UniMseLast
{
    [Rnn(1, Activation = Activation.Relu, ReturnSequences = false)]
    public partial Layer Rnn0 { get; }

    [Linear(1)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 1)]
internal sealed partial class RnnReluI1H1T1N1L1UniMseLastCore
{
    [Rnn(1, Activation = Activation.Relu)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class RnnReluI3H5T7N1L1UniCeSeq
{
    [Rnn(5, Activation = Activation.Relu)]
    public partial Layer Rnn0 { get; }

    [Softmax(4)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class RnnReluI3H5T7N1L1UniCeSeqCore
{
    [Rnn(5, Activation = Activation.Relu)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class RnnReluI3H5T7N4L2UniMseSeq
{
    [Rnn(5, Activation = Activation.Relu)]
    public partial Layer Rnn0 { get; }

    [Rnn(5, Activation = Activation.Relu)]
    public partial Layer Rnn1 { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class RnnReluI3H5T7N4L2UniMseSeqCore
{
    [Rnn(5, Activation = Activation.Relu)]
    public partial Layer Rnn0 { get; }

    [Rnn(5, Activation = Activation.Relu)]
    public partial Layer Rnn1 { get; }
}

[RnnModel(inputSize: 8, sequenceLength: 12)]
internal sealed partial class RnnReluI8H16T12N4L1UniCeSeq
{
    [Rnn(16, Activation = Activation.Relu)]
    public partial Layer Rnn0 { get; }

    [Softmax(8)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 8, sequenceLength: 12)]
internal sealed partial class RnnReluI8H16T12N4L1UniCeSeqCore
{
    [Rnn(16, Activation = Activation.Relu)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 1)]
internal sealed partial class GruI1H1T1N1L1UniMseLast
{
    [Gru(1, ReturnSequences = false)]
    public partial Layer Rnn0 { get; }

    [Linear(1)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 1)]
internal sealed partial class GruI1H1T1N1L1UniMseLastCore
{
    [Gru(1)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class GruI3H5T7N1L1UniCeSeq
{
    [Gru(5)]
    public partial Layer Rnn0 { get; }

    [Softmax(4)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class GruI3H5T7N1L1UniCeSeqCore
{
    [Gru(5)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class GruI3H5T7N4L2UniMseSeq
{
    [Gru(5)]
    public partial Layer Rnn0 { get; }

    [Gru(5)]
    public partial Layer Rnn1 { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class GruI3H5T7N4L2UniMseSeqCore
{
    [Gru(5)]
    public partial Layer Rnn0 { get; }

    [Gru(5)]
    public partial Layer Rnn1 { get; }
}

[RnnModel(inputSize: 8, sequenceLength: 12)]
internal sealed partial class GruI8H16T12N4L1UniCeSeq
{
    [Gru(16)]
    public partial Layer Rnn0 { get; }

    [Softmax(8)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 8, sequenceLength: 12)]
internal sealed partial class GruI8H16T12N4L1UniCeSeqCore
{
    [Gru(16)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 1)]
internal sealed partial class LstmI1H1T1N1L1UniMseLast
{
    [Lstm(1, ReturnSequences = false)]
    public partial Layer Rnn0 { get; }

    [Linear(1)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 1)]
internal sealed partial class LstmI1H1T1N1L1UniMseLastCore
{
    [Lstm(1)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class LstmI3H5T7N1L1UniCeSeq
{
    [Lstm(5)]
    public partial Layer Rnn0 { get; }

    [Softmax(4)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class LstmI3H5T7N1L1UniCeSeqCore
{
    [Lstm(5)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class LstmI3H5T7N4L2UniMseSeq
{
    [Lstm(5)]
    public partial Layer Rnn0 { get; }

    [Lstm(5)]
    public partial Layer Rnn1 { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 7)]
internal sealed partial class LstmI3H5T7N4L2UniMseSeqCore
{
    [Lstm(5)]
    public partial Layer Rnn0 { get; }

    [Lstm(5)]
    public partial Layer Rnn1 { get; }
}

[RnnModel(inputSize: 8, sequenceLength: 12)]
internal sealed partial class LstmI8H16T12N4L1UniCeSeq
{
    [Lstm(16)]
    public partial Layer Rnn0 { get; }

    [Softmax(8)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 8, sequenceLength: 12)]
internal sealed partial class LstmI8H16T12N4L1UniCeSeqCore
{
    [Lstm(16)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 40, sequenceLength: 100)]
internal sealed partial class LstmI40H64T100N1L1UniCeSeq
{
    [Lstm(64)]
    public partial Layer Rnn0 { get; }

    [Softmax(10)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 40, sequenceLength: 100)]
internal sealed partial class GruI40H64T100N1L1UniCeLast
{
    [Gru(64, ReturnSequences = false)]
    public partial Layer Rnn0 { get; }

    [Softmax(10)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 40, sequenceLength: 100)]
internal sealed partial class RnnTanhI40H64T100N4L1UniCeLast
{
    [Rnn(64, ReturnSequences = false)]
    public partial Layer Rnn0 { get; }

    [Softmax(10)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 6)]
internal sealed partial class GruI5H4T6N2L1UniMseSeqNobias
{
    [Gru(4, Bias = false)]
    public partial Layer Rnn0 { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 6)]
internal sealed partial class GruI5H4T6N2L1UniMseSeqNobiasCore
{
    [Gru(4, Bias = false)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 6)]
internal sealed partial class LstmI5H4T6N2L1UniMseSeqNobias
{
    [Lstm(4, Bias = false)]
    public partial Layer Rnn0 { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 6)]
internal sealed partial class LstmI5H4T6N2L1UniMseSeqNobiasCore
{
    [Lstm(4, Bias = false)]
    public partial Layer Rnn0 { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class GruI4H2T6N1L3BiMseSeq
{
    [Gru(2, Layers = 3, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class GruI4H2T6N1L3BiMseSeqCore
{
    [Gru(2, Layers = 3, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class GruI4H2T6N4L1BiCeLast
{
    [Gru(2, Direction = Direction.Bidirectional, ReturnSequences = false)]
    public partial Layer Rnn { get; }

    [Softmax(3)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class GruI4H2T6N4L1BiCeLastCore
{
    [Gru(2, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 5)]
internal sealed partial class GruI9H11T5N2L2BiMseSeq
{
    [Gru(11, Layers = 2, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }

    [Linear(3)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 5)]
internal sealed partial class GruI9H11T5N2L2BiMseSeqCore
{
    [Gru(11, Layers = 2, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class LstmI4H2T6N1L3BiMseSeq
{
    [Lstm(2, Layers = 3, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class LstmI4H2T6N1L3BiMseSeqCore
{
    [Lstm(2, Layers = 3, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class LstmI4H2T6N4L1BiCeLast
{
    [Lstm(2, Direction = Direction.Bidirectional, ReturnSequences = false)]
    public partial Layer Rnn { get; }

    [Softmax(3)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class LstmI4H2T6N4L1BiCeLastCore
{
    [Lstm(2, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 5)]
internal sealed partial class LstmI9H11T5N2L2BiMseSeq
{
    [Lstm(11, Layers = 2, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }

    [Linear(3)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 5)]
internal sealed partial class LstmI9H11T5N2L2BiMseSeqCore
{
    [Lstm(11, Layers = 2, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class RnnReluI4H2T6N1L3BiMseSeq
{
    [Rnn(2, Layers = 3, Direction = Direction.Bidirectional, Activation = Activation.Relu)]
    public partial Layer Rnn { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class RnnReluI4H2T6N1L3BiMseSeqCore
{
    [Rnn(2, Layers = 3, Direction = Direction.Bidirectional, Activation = Activation.Relu)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class RnnReluI4H2T6N4L1BiCeLast
{
    [Rnn(2, Direction = Direction.Bidirectional, Activation = Activation.Relu, ReturnSequences = false)]
    public partial Layer Rnn { get; }

    [Softmax(3)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class RnnReluI4H2T6N4L1BiCeLastCore
{
    [Rnn(2, Direction = Direction.Bidirectional, Activation = Activation.Relu)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 5)]
internal sealed partial class RnnReluI9H11T5N2L2BiMseSeq
{
    [Rnn(11, Layers = 2, Direction = Direction.Bidirectional, Activation = Activation.Relu)]
    public partial Layer Rnn { get; }

    [Linear(3)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 5)]
internal sealed partial class RnnReluI9H11T5N2L2BiMseSeqCore
{
    [Rnn(11, Layers = 2, Direction = Direction.Bidirectional, Activation = Activation.Relu)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class RnnTanhI4H2T6N1L3BiMseSeq
{
    [Rnn(2, Layers = 3, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class RnnTanhI4H2T6N1L3BiMseSeqCore
{
    [Rnn(2, Layers = 3, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class RnnTanhI4H2T6N4L1BiCeLast
{
    [Rnn(2, Direction = Direction.Bidirectional, ReturnSequences = false)]
    public partial Layer Rnn { get; }

    [Softmax(3)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class RnnTanhI4H2T6N4L1BiCeLastCore
{
    [Rnn(2, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 5)]
internal sealed partial class RnnTanhI9H11T5N2L2BiMseSeq
{
    [Rnn(11, Layers = 2, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }

    [Linear(3)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 5)]
internal sealed partial class RnnTanhI9H11T5N2L2BiMseSeqCore
{
    [Rnn(11, Layers = 2, Direction = Direction.Bidirectional)]
    public partial Layer Rnn { get; }
}
