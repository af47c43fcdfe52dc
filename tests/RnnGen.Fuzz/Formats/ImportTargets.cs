using System.Text;
using RnnGen.Formats;
using RnnGen.Tool.Commands;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Keras;
using RnnGen.Tool.Onnx;

namespace RnnGen.Fuzz;

/// <summary>Networks that the tool imports, or refuses by one of two exceptions.</summary>
internal static class ImportTargets
{
    /// <summary>The imports by their names.</summary>
    public static IReadOnlyDictionary<string, Func<FormatTarget>> All { get; } = new Dictionary<string, Func<FormatTarget>>
    {
        ["import of ONNX"] = () => Import("import of ONNX", SoundGraphs.All),
        ["import of Keras"] = () => Import("import of Keras", KerasFiles()),
        ["import of settings"] = Settings,
    };

    private static FormatTarget Import(string name, IReadOnlyList<SoundFile> files) => Target(name, files, file => NetworkFile.Import("fuzz", file, new ImportSettings { ClassName = "Fuzz" }));

    /// <summary>A model of which only the configuration is changed.</summary>
    private static FormatTarget Settings()
    {
        TensorFile sound = TensorFiles.Read(SoundFile.OfTests("keras3.keras").Bytes);
        return Target("import of settings", [new(Encoding.UTF8.GetBytes(sound.Texts[KerasTexts.ModelConfig]))], file =>
        {
            var texts = new Dictionary<string, string>(sound.Texts) { [KerasTexts.ModelConfig] = Encoding.UTF8.GetString(file) };
            return KerasImporter.Import(new TensorFile(sound.Format, sound.Path, sound.Tensors, texts), file.Length, new ImportSettings());
        });
    }

    private static SoundFile[] KerasFiles() =>
        [SoundFile.OfTests("keras2_options.h5"), SoundFile.OfTests("keras3.keras"), .. SoundFile.Published("original", "keras2.h5"), .. SoundFile.Published("original", ".keras")];

    // A graph of a few bytes may ask for windows of millions of elements: the import has a budget of its own.
    private static FormatTarget Target(string name, IReadOnlyList<SoundFile> files, Func<byte[], ImportedModel> import) =>
        new(name, files, file => import(file).Layers.Sum(layer => layer.Tensors.Sum(tensor => (long)sizeof(float) * tensor.Values.Length)))
        {
            Allowance = 1 << 30,
            IsRefusal = e => e is CheckpointException or ImportException,
        };
}
