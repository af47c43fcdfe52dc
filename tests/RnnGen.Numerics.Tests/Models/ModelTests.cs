namespace RnnGen.Numerics.Tests.Models;

/// <summary>Generated models against the double-precision reference.</summary>
public sealed class ModelTests
{
    public static TheoryData<string> Sized => [.. SizedCases.All.Keys];

    public static TheoryData<string> Combined => [.. CombinedCases.All.Keys];

    [Theory]
    [MemberData(nameof(Sized))]
    public void Every_cell_and_size_agrees_with_the_reference(string name) => SizedCases.All[name]();

    [Theory]
    [MemberData(nameof(Combined))]
    public void Every_combination_agrees_with_the_reference(string name) => CombinedCases.All[name]();
}
