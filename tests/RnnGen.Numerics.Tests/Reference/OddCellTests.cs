using System.Reflection;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// The kernels of a cell that nobody would build: what holds for it holds because planner and emitter know no cell, only equations.
/// </summary>
public sealed class OddCellTests
{
    private const string Usings = "global using System; global using RnnGen;";

    [Theory]
    [InlineData(3, 4)]
    [InlineData(5, 5)]
    [InlineData(2, 17)]
    [InlineData(7, 40)]
    public void Kernels_agree_with_the_equations(int inputSize, int size)
    {
        Cell cell = TestCells.Odd(inputSize, size, diagonal: false);
        var layer = new LayerSpec("Odd", LayerKind.Rnn, inputSize, size, default, true, true, true, null);
        var target = new TypeTarget("Odd", new EquatableArray<string>([]), "OddModel", "public", "Odd.OddModel");
        var spec = new ModelSpec(target, inputSize, 6, Tokens: false, new EquatableArray<LayerSpec>([layer]), DocumentClass: true);
        IEnumerable<string> sources = ModelEmitter.Emit(ModelPlan.Of(spec, _ => cell)).Select(file => file.Text);

        Assembly assembly = RuntimeCompilation.Load(RuntimeCompilation.Of([.. sources, Usings, Harness]));
        var probe = (Probe)assembly.GetType("Odd.Harness")!.GetMethod("Create")!.Invoke(null, [])!;

        ModelCheck.Run(probe, new ReferenceNetwork(probe.Instance, spec, _ => cell));
    }

    private const string Harness = """
        namespace Odd;

        public sealed partial class OddModel;

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
}
