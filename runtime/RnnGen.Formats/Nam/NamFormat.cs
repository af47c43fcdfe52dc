using System.Text.Json;
using RnnGen.Formats.Json;

namespace RnnGen.Formats.Nam;

/// <summary>
/// A network of Neural Amp Modeler (<c>.nam</c>) whose architecture is LSTM: JSON with a configuration and all weights in one row.
/// </summary>
/// <remarks>
/// Layer k has <c>layers.k.weight</c> [4 hidden, inputs + hidden], with the gates i, f, g, o in rows and the columns of the input first,
/// <c>layers.k.bias</c> [4 hidden], and the state that it starts with: <c>layers.k.h0</c> and <c>layers.k.c0</c> [hidden]. Then come
/// <c>head.weight</c> [1, hidden] and <c>head.bias</c> [1]. The texts are those of the JSON: <c>architecture</c>, <c>config.hidden_size</c>,
/// <c>sample_rate</c>, <c>metadata.name</c>, ... See NAM/lstm.cpp in https://github.com/sdatkinson/NeuralAmpModelerCore.
/// </remarks>
internal sealed class NamFormat : TensorFileFormat
{
    private const string Weights = "weights";

    public override string Name => "Neural Amp Modeler file";

    /// <summary>The root of the JSON has an architecture.</summary>
    public override bool Recognizes(ReadOnlyMemory<byte> file)
    {
        if (!JsonFormat.IsJson(file.Span))
        {
            return false;
        }

        Utf8JsonReader json = JsonContent.Open(file.Span);
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("architecture"))
                {
                    return true;
                }

                json.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Broken JSON: the format that takes any JSON says where.
        }

        return false;
    }

    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        var source = new SourceFile(path, file);
        List<FileTensor> content = JsonContent.Read(source, out IReadOnlyDictionary<string, string> texts);
        string architecture = texts.GetValueOrDefault("architecture", "");
        if (architecture != "LSTM")
        {
            throw source.Broken(null, $"expected the architecture LSTM, found '{architecture}', which is not recurrent or not known.");
        }

        if (content.Find(tensor => tensor.Name == Weights) is not { Shape.Count: 1 } weights)
        {
            throw source.Broken(null, $"expected an array of numbers as weights, found none.");
        }

        return new TensorFile(Name, path, new NamLstm(source, texts).Split(weights), texts);
    }
}
