namespace RnnGen.Formats.RnNoise;

/// <summary>
/// A network of RNNoise for ffmpeg's <c>arnndn</c> (<c>.rnnn</c>): a text with six layers of whole numbers, which stand for 256 times the weights.
/// </summary>
/// <remarks>
/// The tensors are named and laid out as in Keras, where the networks were trained: <c>input_dense.kernel</c> [inputs, units] and <c>.bias</c>;
/// <c>vad_gru.kernel</c> [inputs, 3 units], <c>.recurrent_kernel</c> [units, 3 units] and <c>.bias</c>, with the gates z, r, h in columns and the reset
/// before the recurrent product. The texts <c>vad_gru.activation</c>, ... are <c>tanh</c>, <c>sigmoid</c> or <c>relu</c>; that of a GRU is the
/// candidate's.
/// </remarks>
internal sealed class RnNoiseFormat : TensorFileFormat
{
    private const string Type = "I32";
    private const float Scale = 1f / 256;

    private static readonly (string Name, bool IsGru)[] Layers =
    [
        ("input_dense", false),
        ("vad_gru", true),
        ("noise_gru", true),
        ("denoise_gru", true),
        ("denoise_output", false),
        ("vad_output", false),
    ];

    private static ReadOnlySpan<byte> FirstLine => "rnnoise-nu model file version "u8;

    public override string Name => "RNNoise network";

    public override bool Recognizes(ReadOnlyMemory<byte> file) => file.Span.StartsWith(FirstLine);

    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        var source = new SourceFile(path, file);
        var text = new RnNoiseText(source, FirstLine.Length);
        int version = text.Next($"the version of the format");
        if (version != 1)
        {
            throw source.Broken(FirstLine.Length, $"expected version 1 of RNNoise's format, found {version}.");
        }

        var tensors = new List<FileTensor>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, bool isGru) in Layers)
        {
            int inputs = text.Size($"the inputs of {name}");
            int units = text.Size($"the units of {name}");
            texts.Add($"{name}.activation", ReadActivation(source, ref text, name));
            int columns = isGru ? 3 * units : units;
            tensors.Add(ReadTensor(ref text, $"{name}.kernel", [inputs, columns]));
            if (isGru)
            {
                tensors.Add(ReadTensor(ref text, $"{name}.recurrent_kernel", [units, columns]));
            }

            tensors.Add(ReadTensor(ref text, $"{name}.bias", [columns]));
        }

        text.ExpectEnd();
        return new TensorFile(Name, path, tensors, texts);
    }

    private static string ReadActivation(SourceFile file, ref RnNoiseText text, string layer)
    {
        int code = text.Next($"the activation of {layer}");
        return code switch
        {
            0 => "tanh",
            1 => "sigmoid",
            2 => "relu",
            _ => throw file.Broken(text.Offset, $"expected 0 (tanh), 1 (sigmoid) or 2 (relu) as activation of {layer}, found {code}."),
        };
    }

    private static FileTensor ReadTensor(ref RnNoiseText text, string name, int[] shape)
    {
        float[] values = text.Numbers(name, shape);
        foreach (ref float value in values.AsSpan())
        {
            value *= Scale;
        }

        return new FileTensor(name, Type, shape, values);
    }
}
