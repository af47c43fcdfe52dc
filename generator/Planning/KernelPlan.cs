using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Planning;

/// <summary>One step of a cell, ready to be printed.</summary>
/// <param name="Sweeps">The passes in order.</param>
/// <param name="Vectors">
/// The trained vectors that take part in element-wise work: for each of them the units that it is read for, and a segment of the
/// weights that has no matrix.
/// </param>
/// <param name="WeightSize">Floats of packed weights.</param>
/// <param name="WorkSize">Floats of the work region.</param>
/// <param name="Places">Where each value is that is stored or read.</param>
/// <param name="Output">Where the output of the cell is, or null without one.</param>
internal sealed record KernelPlan(
    IReadOnlyList<Sweep> Sweeps,
    IReadOnlyList<Sweep> Vectors,
    int WeightSize,
    int WorkSize,
    IReadOnlyDictionary<Expression, Operand> Places,
    Operand? Output)
{
    /// <summary>The regions that the kernel touches, in the order of its parameters.</summary>
    public IReadOnlyList<Region> Regions { get; init; } = [];

    /// <summary>Whether the input is a token.</summary>
    public bool ReadsTokens => Sweeps.Any(s => s.Segments.Any(g => g.Columns.Any(c => c.IsToken)));
}
