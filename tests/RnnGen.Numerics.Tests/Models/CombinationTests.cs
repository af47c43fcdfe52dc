using RnnGen.Numerics.Tests.Reference;
using RnnGen.Testing;
using RnnGen.Tests;

namespace RnnGen.Numerics.Tests.Models;

/// <summary>
/// Cells, directions, depths, graphs and heads in combination, each checked against the double-precision reference and its finite
/// differences.
/// </summary>
public sealed class CombinationTests
{
    private static readonly CompiledModels Models = new(Combinations.All.Select(c => (c.Key, c.Value)));

    public static TheoryData<string> Names => [.. Combinations.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_equations(string name)
    {
        IRnnModel model = Models.Create(name);
        foreach (Layer layer in model.Layers.Where(l => l.Parameters.Any(p => p.Name == "variance")))
        {
            layer["mean"].CopyFrom([.. Enumerable.Range(0, layer["mean"].Count).Select(k => (k % 5 * 0.1f) - 0.2f)]);
            layer["variance"].CopyFrom([.. Enumerable.Range(0, layer["mean"].Count).Select(k => 0.5f + (k % 3))]);
        }

        var test = new ModelUnderTest(model);
        ModelCheck.Run(test, new ReferenceNetwork(model, Models.Spec(name)));
        if (LongTests.AreAskedFor)
        {
            // The checks of users have a reference of their own.
            Gradients.Check(model);
            Streams.Equal(model, tolerance: 1e-4f);
        }

        ModelCheck.CheckAllocations(test);
        GeneratedCodeTests.CheckMethods(model.GetType());
    }
}
