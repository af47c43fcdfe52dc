using System.Reflection;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>A model of one cell that need not be any layer's, generated and compiled while the tests run.</summary>
internal static class CompiledCell
{
    private const string Usings = "global using System; global using RnnGen;";

    public static IRnnModel Create(Cell cell)
    {
        int inputSize = cell.Input.Size;
        var layer = new LayerSpec("Odd", new Rnn(), inputSize, cell.Output!.Size, Property: null);
        var target = new TypeTarget("Odd", new EquatableArray<string>([]), "OddModel", "public", "Odd.OddModel");
        var spec = new ModelSpec(target, inputSize, 6, Tokens: false, new EquatableArray<LayerSpec>([layer]), DocumentClass: true);
        IEnumerable<string> sources = ModelEmitter.Emit(ModelPlan.Of(spec, _ => cell)).Select(file => file.Text);

        return Create(Compile([.. sources, Usings, "namespace Odd; public sealed partial class OddModel;"]));
    }

    /// <summary>A model as a user declares it, through the whole generator.</summary>
    /// <param name="attributes">The attributes on the class, in brackets.</param>
    /// <param name="members">The members of the class.</param>
    public static IRnnModel Create(string attributes, string members = "") =>
        Create(Compile([Usings, $"namespace Odd; {attributes} public sealed partial class OddModel {{ {members} }}"]));

    private static IRnnModel Create(Assembly assembly) => (IRnnModel)Activator.CreateInstance(assembly.GetType("Odd.OddModel")!, 3)!;

    private static Assembly Compile(string[] sources) => RuntimeCompilation.Load(RuntimeCompilation.Of(sources));
}
