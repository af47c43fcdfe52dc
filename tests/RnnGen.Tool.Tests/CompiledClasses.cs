using System.Reflection;
using RnnGen.Numerics.Tests.Reference;
using RnnGen.Tool.Description;
using RnnGen.Tool.Writing;

namespace RnnGen.Tool.Tests;

/// <summary>Classes that the tool writes, compiled together: one by one takes many times as long.</summary>
/// <param name="models">The networks by names of classes.</param>
/// <param name="steps">Their longest window; null for that of the file, or a usual one.</param>
/// <param name="edit">What is done to the texts before they are compiled; null for nothing.</param>
internal sealed class CompiledClasses(IReadOnlyDictionary<string, ImportedModel> models, int? steps = null, Func<string, string>? edit = null)
{
    /// <summary>Their namespace.</summary>
    public const string Space = "Imported.Models";

    private readonly Lazy<Assembly> _assembly = new(() => RuntimeCompilation.Load(RuntimeCompilation.Of(models.Select(model => Text(model.Key, model.Value, steps)).Select(text => edit is null ? text : edit(text)))));

    /// <summary>The text of a class.</summary>
    public static string Text(string name, ImportedModel model, int? steps = null) => ClassWriter.Write(model, ClassNames.Check(name, Space), "net\r\n*/ public class Evil {} // <b>&.onnx", steps);

    /// <summary>A class.</summary>
    public Type TypeOf(string name) => _assembly.Value.GetType($"{Space}.{name}")!;

    /// <summary>Creates a model and loads its weights as the tool writes them.</summary>
    public IRnnModel Load(string name)
    {
        var model = (IRnnModel)Activator.CreateInstance(TypeOf(name), 3)!;
        var weights = new MemoryStream();
        ImportedFiles.Weights(models[name], "weights").WriteTo(weights);
        model.LoadWeights(weights.ToArray());
        return model;
    }
}
