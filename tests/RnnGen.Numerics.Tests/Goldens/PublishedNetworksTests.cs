using RnnGen.Checkpoints;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Numerics.Tests.Goldens;

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class LstmOfFour
{
    [Lstm(8)]
    public partial Layer First { get; }

    [Lstm(8, Layers = 3)]
    public partial Layer Others { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class GruOfFour
{
    [Gru(8)]
    public partial Layer First { get; }

    [Gru(8, Layers = 3)]
    public partial Layer Others { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class DenseLstm
{
    [Dense(8)]
    public partial Layer Low { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Squash { get; }

    [Lstm(8)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class LstmAlone
{
    [Lstm(8)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class DenseGru
{
    [Dense(8)]
    public partial Layer Low { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Squash { get; }

    [Gru(8)]
    public partial Layer Memory { get; }

    [Dense(8)]
    public partial Layer High { get; }

    [Activation(Activation.Sigmoid)]
    public partial Layer Squeeze { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 100)]
internal sealed partial class GruDense
{
    [Gru(8)]
    public partial Layer Memory { get; }

    [Dense(8)]
    public partial Layer High { get; }

    [Activation(Activation.Sigmoid)]
    public partial Layer Squeeze { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 128, sequenceLength: 100)]
internal sealed partial class VoiceDetector
{
    [Lstm(128)]
    public partial Layer Memory { get; }

    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    [Sigmoid(1)]
    public partial Layer Speech { get; }
}

[RnnModel(inputSize: 128, sequenceLength: 100, Weights = WeightFormat.BFloat16)]
internal sealed partial class VoiceDetectorHalves
{
    [Lstm(128)]
    public partial Layer Memory { get; }

    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    [Sigmoid(1)]
    public partial Layer Speech { get; }
}

[RnnModel(inputSize: 128, sequenceLength: 100, Weights = WeightFormat.Int8)]
internal sealed partial class VoiceDetectorBytes
{
    [Lstm(128)]
    public partial Layer Memory { get; }

    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    [Sigmoid(1)]
    public partial Layer Speech { get; }
}

[RnnModel(inputSize: 128, sequenceLength: 100, Weights = WeightFormat.Int4)]
internal sealed partial class VoiceDetectorNibbles
{
    [Lstm(128)]
    public partial Layer Memory { get; }

    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    [Sigmoid(1)]
    public partial Layer Speech { get; }
}

/// <summary>
/// Networks that others published, with answers that others computed: RTNeural's test models and Silero's voice activity detector. The files are
/// not part of this repository; on a machine without them the tests are skipped and say so.
/// </summary>
public class PublishedNetworksTests
{
    private static readonly string Folder = Path.Combine(RuntimeCompilation.Repository(), "..", "shared", "real");

    [Fact]
    public void RTNeural_lstm_from_PyTorch() => Check(new LstmOfFour(seed: 1), 
        "rtneural_lstm_torch", ("First", "lstm"), ("Others", "lstm2"), ("Out", "dense"));

    [Fact]
    public void RTNeural_gru_from_PyTorch() => Check(new GruOfFour(seed: 1), 
        "rtneural_gru_torch", ("First", "gru"), ("Others", "gru2"), ("Out", "dense"));

    [Fact]
    public void RTNeural_lstm_from_Keras() => Check(new DenseLstm(seed: 1), 
        "rtneural_keras_lstm", ("Low", "0"), ("Memory", "1"), ("Out", "2"));

    [Fact]
    public void RTNeural_small_lstm_from_Keras() => Check(new LstmAlone(seed: 1), 
        "rtneural_keras_lstm_1d", ("Memory", "0"), ("Out", "1"));

    [Fact]
    public void RTNeural_gru_from_Keras() => Check(new DenseGru(seed: 1), 
        "rtneural_keras_gru", ("Low", "0"), ("Memory", "1"), ("High", "2"), ("Out", "3"));

    [Fact]
    public void RTNeural_small_gru_from_Keras() => Check(new GruDense(seed: 1), 
        "rtneural_keras_gru_1d", ("Memory", "0"), ("High", "1"), ("Out", "2"));

    [Fact]
    public void Silero_voice_activity()
    {
        SafetensorsFile answers = Read("silero_vad_16k_expected");
        var model = new VoiceDetector(seed: 1);
        ReadSilero(model);
        VoiceDetector.State state = model.CreateState();
        Compare.Absolute(Doubles(answers["prob.f64"]), Run(model, state, Floats(answers["x"])), 2e-5, "prob");
        Compare.Absolute(Doubles(answers["hn.f64"]), state["Memory.h"], 2e-5, "hn");
        Compare.Scaled(Doubles(answers["cn.f64"]), state["Memory.c"], 2e-5, "cn"); // up to 21: it counts, with a unit in the last place of 2e-6
    }

    /// <summary>With narrow weights, every block is still speech where it was, and nothing else is; with four bits, but for a few.</summary>
    [Theory]
    [InlineData(WeightFormat.BFloat16, 0.005)]
    [InlineData(WeightFormat.Int8, 0.03)]
    [InlineData(WeightFormat.Int4, 0.2, 3)]
    public void Silero_decides_the_same_with_narrow_weights(WeightFormat format, double atMost, int others = 0)
    {
        SafetensorsFile answers = Read("silero_vad_16k_expected");
        IRnnModel<float, float> model = format switch
        {
            WeightFormat.Int4 => new VoiceDetectorNibbles(seed: 1),
            WeightFormat.Int8 => new VoiceDetectorBytes(seed: 1),
            _ => new VoiceDetectorHalves(seed: 1),
        };
        ReadSilero(model);
        double[] expected = Doubles(answers["prob.f64"]);
        float[] found = Run(model, model.CreateState(), Floats(answers["x"]));

        int changed = expected.Zip(found, (a, b) => (a >= 0.5) == (b >= 0.5) ? 0 : 1).Sum();
        double worst = expected.Zip(found, (a, b) => Math.Abs(a - b)).Max();
        TestContext.Current.TestOutputHelper?.WriteLine($"{format}: {expected.Length} blocks, largest difference {worst}, {changed} decisions differ");
        Assert.InRange(changed, 0, others);
        Assert.InRange(worst, 1e-6, atMost);
    }

    private static void ReadSilero(IRnnModel model)
    {
        SafetensorsFile weights = Read("silero_vad_16k.original");
        foreach (Parameter parameter in model.Layers[0].Parameters)
        {
            Copy(parameter, weights["lstm_cell." + parameter.Name.Replace("_l0", "")]);
        }

        foreach (Parameter parameter in model.Layers[2].Parameters)
        {
            Copy(parameter, weights["final_conv." + parameter.Name]);
        }
    }

    private static void Check(IRnnModel<float, float> model, string name, params (string Layer, string Tensors)[] names)
    {
        SafetensorsFile file = Read(name);
        foreach ((string layer, string tensors) in names)
        {
            foreach (Parameter parameter in model.Layers.Single(l => l.Name == layer).Parameters)
            {
                Copy(parameter, file[$"{tensors}.{parameter.Name}"]);
            }
        }

        Compare.Absolute(Doubles(file["expected.upstream"]), Run(model, model.CreateState(), Floats(file["x"])), 1e-5, name);
    }

    /// <summary>Window after window, the state carried on.</summary>
    private static float[] Run(IRnnModel<float> model, State state, float[] x)
    {
        int steps = x.Length / model.InputSize;
        var y = new float[steps * model.OutputSize];
        for (int start = 0; start < steps; start += model.SequenceLength)
        {
            int count = Math.Min(model.SequenceLength, steps - start);
            model.Forward(state, x.AsSpan(start * model.InputSize, count * model.InputSize), y.AsSpan(start * model.OutputSize, count * model.OutputSize));
        }

        return y;
    }

    private static void Copy(Parameter parameter, SafetensorsTensor tensor) => parameter.CopyFrom(Floats(tensor));

    private static float[] Floats(SafetensorsTensor tensor)
    {
        var values = new float[tensor.Count];
        tensor.CopyTo(values.AsSpan());
        return values;
    }

    private static double[] Doubles(SafetensorsTensor tensor)
    {
        var values = new double[tensor.Count];
        tensor.CopyTo(values.AsSpan());
        return values;
    }

    private static SafetensorsFile Read(string name)
    {
        string path = Path.Combine(Folder, name + ".safetensors");
        Assert.SkipUnless(File.Exists(path), $"{name}.safetensors is not part of the repository.");
        return SafetensorsFile.Read(path);
    }
}
