using System.Reflection;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>A model of one cell that need not be any layer's, generated and compiled while the tests run.</summary>
internal static class CompiledCell
{
    private const string Usings = "global using System; global using RnnGen;";

    public static Probe Create(Cell cell)
    {
        int inputSize = cell.Input.Size;
        var layer = new LayerSpec("Odd", LayerKind.Rnn, inputSize, cell.Output!.Size, default, true, true, true, null);
        var target = new TypeTarget("Odd", new EquatableArray<string>([]), "OddModel", "public", "Odd.OddModel");
        var spec = new ModelSpec(target, inputSize, 6, Tokens: false, new EquatableArray<LayerSpec>([layer]), DocumentClass: true);
        IEnumerable<string> sources = ModelEmitter.Emit(ModelPlan.Of(spec, _ => cell)).Select(file => file.Text);

        return Probe(Compile([.. sources, Usings, Harness, "namespace Odd; public sealed partial class OddModel;"]));
    }

    /// <summary>A model as a user declares it, through the whole generator.</summary>
    /// <param name="attributes">The attributes on the class, in brackets.</param>
    /// <param name="members">The members of the class.</param>
    /// <param name="isStreamed">Whether it has single steps.</param>
    public static Probe Create(string attributes, string members = "", bool isStreamed = true) =>
        Probe(Compile([Usings, isStreamed ? Harness : Harness.Replace("(m, s, x, y) => m.Step(s, x, y)", "null"), $"namespace Odd; {attributes} public sealed partial class OddModel {{ {members} }}"]));

    private static Probe Probe(Assembly assembly) => (Probe)assembly.GetType("Odd.Harness")!.GetMethod("Create")!.Invoke(null, [])!;

    private const string Harness = """
        namespace Odd;

        internal static class Harness
        {
            public static RnnGen.Numerics.Tests.Models.Probe Create() =>
                RnnGen.Numerics.Tests.Models.Probe.OfNumbers<OddModel, OddModel.State, OddModel.Tape>(
                    (m, s, x, y) => m.Step(s, x, y),
                    (m, s, x, y) => m.Forward(s, x, y),
                    (m, s, x, y, t) => m.Forward(s, x, y, t),
                    (m, t, dy, ds) => m.Backward(t, dy, ds),
                    t => t.InputGradients,
                    t => t.InitialStateGradients);
        }
        """;

    private static Assembly Compile(string[] sources) => RuntimeCompilation.Load(RuntimeCompilation.Of(sources));
}
