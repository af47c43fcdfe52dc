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

    // Below it, what a group does beside its products costs more than the loads that it saves (LSTM 4 -> 2: 426 ns for eight lanes, 324 for
    // eight single ones).
    private const int FewestProducts = 48;

    /// <summary>Whether lanes go through it in groups of <see cref="Lanes.Group"/>; one by one where there is too little to share.</summary>
    public bool HasGroups => FewestProducts <= Sweeps.Sum(s => s.Segments.Sum(
        g => (g.Columns.Any(c => c.IsToken) ? 1 : g.Rows) * g.Columns.Count * (Lanes.Pad(s.Size) / Lanes.Count)));

    /// <summary>Floats of scratch memory that <see cref="Lanes.Group"/> lanes need side by side: their sums of one tile.</summary>
    public int GroupSums => Lanes.Group * Sweeps.Select(s => s.Accumulators.Count * s.Shape.Tile).DefaultIfEmpty(0).Max();

    /// <summary>Whether the input is a token.</summary>
    public bool ReadsTokens => Sweeps.Any(s => s.Segments.Any(g => g.Columns.Any(c => c.IsToken)));
}
