using System.Globalization;

namespace RnnGen.Formats.Nam;

/// <summary>Cuts the weights of an LSTM of Neural Amp Modeler into tensors.</summary>
internal sealed class NamLstm
{
    // Far more than in any amplifier; products of two stay within 64 bits.
    private const int LargestSize = 1 << 20;

    private readonly SourceFile _file;
    private readonly int _layers;
    private readonly int _inputs;
    private readonly int _hidden;

    /// <summary>Reads the configuration.</summary>
    /// <param name="file">The file.</param>
    /// <param name="texts">Its texts.</param>
    public NamLstm(SourceFile file, IReadOnlyDictionary<string, string> texts)
    {
        _file = file;
        _layers = Size(texts, "config.num_layers");
        _inputs = Size(texts, "config.input_size");
        _hidden = Size(texts, "config.hidden_size");
        if (texts.TryGetValue("config.out_channels", out string? channels) && channels != "1")
        {
            throw file.Broken(null, $"expected one output channel, found '{channels}'.");
        }
    }

    /// <summary>The tensors.</summary>
    /// <param name="weights">All weights in one row.</param>
    public List<FileTensor> Split(FileTensor weights)
    {
        long first = LayerSize(_inputs);
        Int128 expected = first + ((Int128)(_layers - 1) * LayerSize(_hidden)) + _hidden + 1;
        int found = weights.Values.Length;
        if (expected != found)
        {
            throw _file.Broken(
                null, $"expected {(decimal)expected} weights for {_layers} layers with {_inputs} inputs and {_hidden} hidden units, found {found}.", weights.Name);
        }

        var tensors = new List<FileTensor>();
        ReadOnlyMemory<float> left = weights.Values;
        for (int k = 0; k < _layers; k++)
        {
            string layer = string.Create(CultureInfo.InvariantCulture, $"layers.{k}");
            Add($"{layer}.weight", [4 * _hidden, (k == 0 ? _inputs : _hidden) + _hidden]);
            Add($"{layer}.bias", [4 * _hidden]);
            Add($"{layer}.h0", [_hidden]);
            Add($"{layer}.c0", [_hidden]);
        }

        Add("head.weight", [1, _hidden]);
        Add("head.bias", [1]);
        return tensors;

        void Add(string name, int[] shape)
        {
            int count = 1;
            foreach (int size in shape)
            {
                count *= size;
            }

            _file.KeepTensor(name, shape.Length, null);
            tensors.Add(new FileTensor(name, weights.ElementType, shape, left[..count]));
            left = left[count..];
        }
    }

    private long LayerSize(long inputs) => (4L * _hidden * (inputs + _hidden)) + (6L * _hidden);

    private int Size(IReadOnlyDictionary<string, string> texts, string name)
    {
        string? text = texts.GetValueOrDefault(name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is > 0 and <= LargestSize
            ? size
            : throw _file.Broken(null, $"expected a whole number from 1 to {LargestSize} as {name}, found '{text ?? "none"}'.");
    }
}
