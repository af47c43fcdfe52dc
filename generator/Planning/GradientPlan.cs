using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Planning;

/// <summary>
/// A kernel that adds the gradients of a panel of weights: after the way back through time, the gradients of the sums times what these were
/// products of, summed up over the steps of a window.
/// </summary>
/// <param name="Name">Name of the method.</param>
/// <param name="Stage">The forward stage whose weights they are.</param>
/// <param name="Panel">The panel.</param>
/// <param name="Terms">One per column, or per bias.</param>
/// <param name="IsBias">Whether it is about the panel's biases instead of its matrices.</param>
internal sealed record GradientPlan(string Name, Stage Stage, WeightPanel Panel, IReadOnlyList<GradientTerm> Terms, bool IsBias)
{
    public bool ReadsTokens => !IsBias && Terms.Any(t => t.Source is null);

    /// <summary>The memory that it reads, besides the gradients.</summary>
    public IReadOnlyList<Region> Regions =>
        [.. Terms.Select(t => t.Gradient.Region).Concat(Terms.Where(t => t.Source is not null).Select(t => t.Source!.Value.Region)).Distinct().OrderBy(r => r)];

    /// <summary>Whether it is told how far apart the rows of the input are: in layers that share a kernel, they may differ.</summary>
    public bool IsToldDistance(LayerPlan layer) => layer.IsShared && Regions.Contains(Region.Input);

    /// <summary>What of the gradients of the sums stands where.</summary>
    public IEnumerable<string> Contents()
    {
        (string, int, int Offset)[] sums =
        [
            .. Terms.Where(t => t.Gradient.Region == Region.SumGradients && t.SumName is not null)
                .Select(t => (Names.Local(t.SumName!), t.Sum.Size, t.Gradient.Offset)).Distinct().OrderBy(t => t.Offset)
        ];
        return sums.Length == 0 ? [] : [$"{Names.Of(Region.SumGradients)}: {PanelText.Contents(sums)}"];
    }

    /// <summary>The layer that has the kernel for one.</summary>
    public LayerPlan Home(LayerPlan layer) => layer.Home(Regions.Where(r => r != Region.Input));

    /// <summary>One per panel, then one for its biases.</summary>
    public static IEnumerable<GradientPlan> Of(LayerPlan layer)
    {
        bool several = layer.Record.Stages.Count(s => s.Panels.Count > 0) > 1;
        foreach (Stage stage in layer.Record.Stages)
        {
            string phase = several ? "InPhase" + stage.Phase : "";
            foreach (WeightPanel panel in stage.Panels)
            {
                string source = string.Join("", panel.Columns.Select(c => Names.Local(c.SourceName)).Distinct());
                string name = "AddProductsWith" + char.ToUpperInvariant(source[0]) + source.Substring(1) + phase;
                yield return new GradientPlan(name, stage, panel, [.. panel.Columns.Select((c, k) => Column(layer, stage, c, k))], IsBias: false);
            }

            if (stage.Panels.Count > 0 && stage.Panels[0].Biases.Count > 0)
            {
                yield return Biases(layer, "AddToBiases" + phase, stage);
            }
        }

        foreach (Stage vector in layer.Record.Vectors.Where(v => v.Panels[0].Biases[0].Vector.Tensor.Role != TensorRole.Constant))
        {
            yield return Biases(layer, "AddTo_" + Names.Local(vector.Panels[0].Biases[0].Vector.Symbol), vector);
        }
    }

    private static GradientTerm Column(LayerPlan layer, Stage stage, PanelColumn column, int index)
    {
        Expression gradient = layer.Adjoint.Sums.Single(s => s.Accumulator == stage.Accumulators[column.Accumulator]).Gradient;
        Operand source = column.Source.Region == Region.Work ? column.Source with { Region = Region.Saved } : column.Source;
        return new GradientTerm(
            index, column.Projection.Matrix.Symbol, gradient, Place(layer, gradient), column.IsToken ? null : source, Names.Local(column.SourceName))
        {
            SumName = layer.Backward.Names[gradient],
        };
    }

    private static GradientPlan Biases(LayerPlan layer, string name, Stage stage) =>
        new(name, stage, stage.Panels[0], [.. stage.Panels[0].Biases.Select((b, k) => Bias(layer, b.Vector, k))], IsBias: true);

    private static GradientTerm Bias(LayerPlan layer, ParameterVector vector, int index)
    {
        Expression gradient = layer.Adjoint.Vectors.Single(v => v.Vector == vector).Gradient;
        return new GradientTerm(index, vector.Symbol, gradient, Place(layer, gradient), null, "") { SumName = layer.Backward.Names[gradient] };
    }

    private static Operand Place(LayerPlan layer, Expression gradient) => gradient is Leaf ? new Operand(Region.OutputGradients, 0) : layer.Backward.Places[gradient];
}

/// <summary>Some weights, and what their gradient is made of.</summary>
/// <param name="Index">Which vector of a row of the panel, or which of its biases.</param>
/// <param name="Symbol">The weights.</param>
/// <param name="Sum">The gradient of the sum that they are part of.</param>
/// <param name="Gradient">Where it is.</param>
/// <param name="Source">Where the step's source is; null for biases and tokens.</param>
/// <param name="SourceName">What it is called; empty for biases.</param>
internal sealed record GradientTerm(int Index, string Symbol, Expression Sum, Operand Gradient, Operand? Source, string SourceName)
{
    /// <summary>What equations call the gradient of the sum, or null.</summary>
    public string? SumName { get; init; }

    /// <summary>What a vector of it is called.</summary>
    public string Name => Sum is Leaf leaf ? leaf.Symbol + "Value" : Names.Local(SumName ?? "dSum" + Index);
}
