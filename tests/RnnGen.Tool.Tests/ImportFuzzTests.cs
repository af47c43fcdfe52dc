using RnnGen.Fuzz;

namespace RnnGen.Tool.Tests;

/// <summary>A short run of <c>tests/RnnGen.Fuzz -- formats</c>. A finding is an exception with the file.</summary>
public class ImportFuzzTests
{
    private const int Count = 2000;

    public static TheoryData<string> Imports => [.. ImportTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Imports))]
    public void Damaged_networks_are_imported_or_refused(string import)
    {
        FormatTally tally = new FormatFuzzer([ImportTargets.All[import]()], seed: 1).Run(Count);

        Assert.InRange(tally.Refused, Count / 10, Count - (Count / 20));
    }
}
