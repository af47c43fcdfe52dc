using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A place where several nodes meet: side by side, as a sum, a mean or a product.</summary>
/// <param name="Name">Name for comments.</param>
/// <param name="Kind">What becomes of them.</param>
/// <param name="Sources">What is read.</param>
internal sealed record JoinPlan(string Name, MergeKind Kind, IReadOnlyList<NodePlan> Sources) : NodePlan
{
    public override int Size => Kind == MergeKind.Concat ? Sources.Sum(s => s.Size) : Sources[0].Size;

    /// <summary>What every source is multiplied by.</summary>
    public double Factor => Kind == MergeKind.Average ? 1.0 / Sources.Count : 1;

    /// <summary>Where a source starts in a row.</summary>
    public int Column(int source) => Kind == MergeKind.Concat ? Sources.Take(source).Sum(s => s.Size) : 0;
}
