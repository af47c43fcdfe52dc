using System.Reflection;
using RnnGen.Numerics.Tests.Reference;
using RnnGen.Tool.Description;
using RnnGen.Tool.Writing;

namespace RnnGen.Tool.Tests;

/// <summary>Classes that the tool writes, compiled together: one by one takes many times as long.</summary>
/// <param name="models">The networks by names of classes.</param>
/// <param name="steps">Their longest window; null for that of the file, or a usual one.</param>
internal sealed class CompiledClasses(IReadOnlyDictionary<string, ImportedModel> models, int? steps = null)
{
    private const string Space = "Imported.Models";

    private readonly Lazy<Assembly> _assembly = new(() => RuntimeCompilation.Load(RuntimeCompilation.Of(models.Select(model => Text(model.Key, model.Value, steps)))));

    /// <summary>The text of a class.</summary>
    public static string Text(string name, ImportedModel model, int? steps = null) => ClassWriter.Write(model, ClassNames.Check(name, Space), "net\r\n*/ public class Evil {} // <b>&.onnx", steps);

    /// <summary>Creates a model and loads its weights as the tool writes them.</summary>
    public IRnnModel Load(string name)
    {
        var model = (IRnnModel)Activator.CreateInstance(_assembly.Value.GetType($"{Space}.{name}")!, 3)!;
        var weights = new MemoryStream();
        ImportedFiles.Weights(models[name], "weights").WriteTo(weights);
        model.LoadWeights(weights.ToArray());
        return model;
    }
}
