using RnnGen.Formats;
using RnnGen.Formats.Tests;
using RnnGen.Tool.Import;
using RnnGen.Tool.Keras;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Tests.Keras;

/// <summary>Models whose configuration was changed at random are imported, or refused with one of two exceptions.</summary>
public class KerasImportFuzzTests
{
    private const int Files = 2000;

    private static readonly string[] Words =
    [
        "null", "true", "false", "0", "-1", "1", "7", "2147483647", "\"\"", "\"linear\"", "\"softmax\"", "\"hard_sigmoid\"", "\"sum\"", "[]", "[null, null]", "{}",
        "\"LSTM\"", "\"GRU\"", "\"Dense\"", "\"Activation\"", "\"Concatenate\"", "\"LayerNormalization\"", "\"Bidirectional\"",
    ];

    [Theory]
    [InlineData("own_keras2.h5")]
    [InlineData("own_keras3_options.h5")]
    public void Changed_configurations_are_refused_or_imported(string name)
    {
        TensorFile sound = TensorFiles.Read(SharedFiles.Find("original", name));
        string configuration = sound.Texts["model_config"];
        int refused = 0;
        for (int seed = 0; seed < Files; seed++)
        {
            var texts = new Dictionary<string, string>(sound.Texts) { ["model_config"] = Change(new Random(seed), configuration) };
            try
            {
                KerasImporter.Import(new TensorFile(sound.Format, sound.Path, sound.Tensors, texts), 100_000, new ImportSettings());
            }
            catch (Exception e) when (e is CheckpointException or ImportException)
            {
                Assert.DoesNotContain(e.Message, character => char.IsControl(character));
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }

        Assert.InRange(refused, Files / 10, Files);
    }

    /// <summary>Puts other values into places of values.</summary>
    private static string Change(Random random, string json)
    {
        for (int left = random.Next(1, 4); left > 0; left--)
        {
            int start = json.IndexOf(": ", random.Next(json.Length), StringComparison.Ordinal) + 2;
            int end = start < 2 ? -1 : json.IndexOfAny([',', '}', ']'], start);
            json = end < 0 ? json : json[..start] + Words[random.Next(Words.Length)] + json[end..];
        }

        return json;
    }
}
