using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops;

/// <summary>
/// A kernel that adds the gradients of a panel of weights: after the way back through time, the gradients of the sums times what these were
/// products of, summed up over the steps of a window.
/// </summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Sweep">The forward stage whose weights they are.</param>
/// <param name="Segment">The panel.</param>
/// <param name="Terms">One per column, or per bias.</param>
/// <param name="IsBias">Whether it is about the panel's biases instead of its matrices.</param>
internal sealed record GradientPlan(string Name, Sweep Sweep, Segment Segment, IReadOnlyList<GradientTerm> Terms, bool IsBias)
{
    public bool ReadsTokens => Terms.Any(t => t.IsToken);

    /// <summary>The memory that it reads, besides the gradients.</summary>
    public IReadOnlyList<Region> Regions =>
        [.. Terms.Select(t => t.Gradient.Region).Concat(Terms.Where(t => t.Source is not null).Select(t => t.Source!.Value.Region)).Distinct().OrderBy(r => r)];

    /// <summary>Whether it is told how far apart the rows of the input are: in layers that share a kernel, they may differ.</summary>
    public bool IsToldDistance(LayerPlan layer) => layer.IsShared && Regions.Contains(Region.Input);

    /// <summary>The layer that has the kernel for one.</summary>
    public LayerPlan Home(LayerPlan layer) => layer.Home(Regions.Where(r => r != Region.Input));

    /// <summary>One per panel, then one for its biases.</summary>
    public static IEnumerable<GradientPlan> Of(LayerPlan layer)
    {
        bool several = layer.Record.Sweeps.Count(s => s.Segments.Count > 0) > 1;
        foreach (Sweep sweep in layer.Record.Sweeps)
        {
            string phase = several ? "InPhase" + sweep.Phase : "";
            foreach (Segment segment in sweep.Segments)
            {
                string source = string.Join("", segment.Columns.Select(c => Names.Source(c.Projection.Source)).Distinct());
                string name = "AddProductsWith" + char.ToUpperInvariant(source[0]) + source.Substring(1) + phase;
                yield return new GradientPlan(name, sweep, segment, [.. segment.Columns.Select((c, k) => Column(layer, sweep, c, k))], IsBias: false);
            }

            if (sweep.Segments.Count > 0 && sweep.Segments[0].Biases.Count > 0)
            {
                yield return Biases(layer, "AddToBiases" + phase, sweep);
            }
        }

        foreach (Sweep vector in layer.Record.Vectors.Where(v => v.Segments[0].Biases[0].Vector.Tensor.Role != TensorRole.Constant))
        {
            yield return Biases(layer, "AddTo_" + Names.Local(vector.Segments[0].Biases[0].Vector.Symbol), vector);
        }
    }

    private static GradientTerm Column(LayerPlan layer, Sweep sweep, SegmentColumn column, int index)
    {
        int sum = layer.Adjoint.Sums.ToList().FindIndex(s => s.Accumulator == sweep.Accumulators[column.Accumulator]);
        Expression gradient = layer.Adjoint.Sums[sum].Gradient;
        string name = gradient is Leaf leaf ? leaf.Symbol + "Of" : Names.Local(gradient.Name ?? "d" + sum);
        Operand source = column.Source.Region == Region.Work ? column.Source with { Region = Region.Saved } : column.Source;
        return new GradientTerm(index, column.Projection.Matrix.Symbol, name, Place(layer, gradient), column.IsToken ? null : source) { IsToken = column.IsToken };
    }

    private static GradientPlan Biases(LayerPlan layer, string name, Sweep sweep) => new(name, sweep, sweep.Segments[0], [.. sweep.Segments[0].Biases.Select((b, k) =>
        new GradientTerm(k, b.Vector.Symbol, "", Place(layer, layer.Adjoint.Vectors.Single(v => v.Vector == b.Vector).Gradient), null))], IsBias: true);

    private static Operand Place(LayerPlan layer, Expression gradient) => gradient is Leaf ? new Operand(Region.OutputGradients, 0) : layer.Backward.Places[gradient];
}

/// <param name="Index">Which vector of a row of the panel, or which of its biases.</param>
/// <param name="Symbol">The weights.</param>
/// <param name="Name">What the gradient of their sum is called.</param>
/// <param name="Gradient">Where it is.</param>
/// <param name="Source">Where the step's source is; null for biases and tokens.</param>
internal sealed record GradientTerm(int Index, string Symbol, string Name, Operand Gradient, Operand? Source)
{
    public bool IsToken { get; init; }
}
