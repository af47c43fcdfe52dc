namespace RnnGen.Tool.Tests.Published;

// Other published networks are declared beside the tests of RnnGen.Formats.

[RnnModel(inputSize: 1, sequenceLength: 1000)]
internal sealed partial class StackedLstm
{
    [Lstm(8)]
    public partial Layer First { get; }

    [Lstm(8, Layers = 3)]
    public partial Layer Second { get; }

    [Linear(1)]
    public partial Layer Sound { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class DenseLstm
{
    [Dense(8)]
    public partial Layer Mixed { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Bent { get; }

    [Lstm(8)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Sound { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class DenseGru
{
    [Dense(8)]
    public partial Layer Mixed { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Bent { get; }

    [Gru(8)]
    public partial Layer Memory { get; }

    [Dense(8)]
    public partial Layer Gates { get; }

    [Activation(Activation.Sigmoid)]
    public partial Layer Opened { get; }

    [Linear(1)]
    public partial Layer Sound { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class SmallLstm
{
    [Lstm(8)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Sound { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class SmallGru
{
    [Gru(8)]
    public partial Layer Memory { get; }

    [Dense(8)]
    public partial Layer Gates { get; }

    [Activation(Activation.Sigmoid)]
    public partial Layer Opened { get; }

    [Linear(1)]
    public partial Layer Sound { get; }
}

/// <summary>GuitarML's GRU.</summary>
[RnnModel(inputSize: 1, sequenceLength: 2048)]
internal sealed partial class Amp
{
    [Gru(16)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Sound { get; }
}

/// <summary>kws_GRU_S: keywords from 25 frames.</summary>
[RnnModel(inputSize: 10, sequenceLength: 25), Gru(154, LinearBeforeReset = false, ReturnSequences = false), Softmax(12)]
internal sealed partial class Keywords;

/// <summary>klon_centaur_0 to _100.</summary>
[RnnModel(inputSize: 1, sequenceLength: 512), Gru(8), Linear(1)]
internal sealed partial class Klon;

[RnnModel(inputSize: 3, sequenceLength: 512)]
internal sealed partial class KlonWithKnobs
{
    [Dense(8)]
    public partial Layer Dense { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Bent { get; }

    [Gru(16)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Answer { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 512)]
internal sealed partial class LargeKlon
{
    [Dense(4)]
    public partial Layer Dense { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Bent { get; }

    [Gru(24)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Answer { get; }
}

/// <summary>rnnoise: a graph with two heads.</summary>
[RnnModel(inputSize: 42, sequenceLength: 200)]
internal sealed partial class RnNoise
{
    [Dense(24)]
    public partial Layer Sums { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Input { get; }

    [Gru(24, LinearBeforeReset = false)]
    public partial Layer Voice { get; }

    [Gru(48, LinearBeforeReset = false, CandidateActivation = Activation.Relu, From = [nameof(Input), nameof(Voice), Layer.Input])]
    public partial Layer Noise { get; }

    [Gru(96, LinearBeforeReset = false, From = [nameof(Voice), nameof(Noise), Layer.Input])]
    public partial Layer Denoise { get; }

    [Sigmoid(22)]
    public partial Layer Gains { get; }

    [Sigmoid(1, From = [nameof(Voice)])]
    public partial Layer Speech { get; }
}

/// <summary>GuitarML's LSTM with a knob; the amplifier adds its input.</summary>
[RnnModel(inputSize: 2, sequenceLength: 2048)]
internal sealed partial class AmpWithKnob
{
    [Lstm(20)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Sound { get; }
}

/// <summary>rtneural_dense, up to the softmax between its layers.</summary>
[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class DenseStart
{
    [Dense(8)]
    public partial Layer First { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Bent { get; }

    [Dense(8)]
    public partial Layer Second { get; }

    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    [Dense(8)]
    public partial Layer Third { get; }

    [Activation(Activation.Elu)]
    public partial Layer Rounded { get; }

    [Softmax(8)]
    public partial Layer Shares { get; }
}

/// <summary>What reads the softmax of rtneural_dense.</summary>
[RnnModel(inputSize: 8, sequenceLength: 100)]
internal sealed partial class DenseEnd
{
    [Dense(1)]
    public partial Layer First { get; }

    [Dense(8, Bias = false)]
    public partial Layer Second { get; }

    [Dense(8, Bias = false)]
    public partial Layer Third { get; }

    [Linear(1, Bias = false)]
    public partial Layer Sound { get; }
}

/// <summary>rtneural_full_model behind its convolution.</summary>
[RnnModel(inputSize: 4, sequenceLength: 400), Gru(8), Linear(1)]
internal sealed partial class BehindConvolution;

/// <summary>kws_CRNN_S behind its convolution.</summary>
[RnnModel(inputSize: 192, sequenceLength: 20)]
internal sealed partial class KeywordsBehindConvolution
{
    [Gru(60, LinearBeforeReset = false)]
    public partial Layer First { get; }

    [Gru(60, LinearBeforeReset = false, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Dense(84)]
    public partial Layer Mixed { get; }

    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    [Softmax(12)]
    public partial Layer Word { get; }
}

/// <summary>tflite_mnist_lstm: the steps of a window, ...</summary>
[RnnModel(inputSize: 28, sequenceLength: 28), Lstm(20)]
internal sealed partial class Rows;

/// <summary>... and a class for the flattened window.</summary>
[RnnModel(inputSize: 28 * 20, sequenceLength: 1)]
internal sealed partial class Digit
{
    [Softmax(10)]
    public partial Layer Class { get; }
}

/// <summary>tflite_micro_speech_lstm: the steps of a window, ...</summary>
[RnnModel(inputSize: 257, sequenceLength: 49), Lstm(80)]
internal sealed partial class Frames;

/// <summary>... and a class for the flattened window.</summary>
[RnnModel(inputSize: 49 * 80, sequenceLength: 1)]
internal sealed partial class SpokenWord
{
    [Softmax(3)]
    public partial Layer Class { get; }
}

/// <summary>The second half of DTLN up to its product: features, and a mask for them.</summary>
[RnnModel(inputSize: 512, sequenceLength: 50)]
internal sealed partial class DtlnMask
{
    [Dense(256, Bias = false)]
    public partial Layer Encoded { get; }

    [LayerNorm(Epsilon = 1e-7)]
    public partial Layer Norm { get; }

    [Lstm(128)]
    public partial Layer First { get; }

    [Lstm(128)]
    public partial Layer Second { get; }

    [Sigmoid(256)]
    public partial Layer Mask { get; }
}

/// <summary>The features alone, which the mask multiplies: the same matrix once more.</summary>
[RnnModel(inputSize: 512, sequenceLength: 50)]
internal sealed partial class DtlnEncoder
{
    [Linear(256, Bias = false)]
    public partial Layer Encoded { get; }
}

/// <summary>The second half of DTLN behind its product.</summary>
[RnnModel(inputSize: 256, sequenceLength: 50)]
internal sealed partial class DtlnDecoder
{
    [Linear(512, Bias = false)]
    public partial Layer Decoded { get; }
}

/// <summary>own_keras*_options: a layer that runs alone, since Keras does not turn the outputs of go_backwards round again.</summary>
[RnnModel(inputSize: 4, sequenceLength: 8), Lstm(5, Bias = false)]
internal sealed partial class OneDirection;

/// <summary>What reads both of them, with the hard sigmoid of Keras 2, ...</summary>
[RnnModel(inputSize: 10, sequenceLength: 8), Gru(3, LinearBeforeReset = false, GateActivation = Activation.HardSigmoid), Linear(2)]
internal sealed partial class BothDirections2;

/// <summary>... and with that of Keras 3.</summary>
[RnnModel(inputSize: 10, sequenceLength: 8), Gru(3, LinearBeforeReset = false, GateActivation = Activation.HardSigmoid, GateAlpha = 1.0 / 6), Linear(2)]
internal sealed partial class BothDirections3;
