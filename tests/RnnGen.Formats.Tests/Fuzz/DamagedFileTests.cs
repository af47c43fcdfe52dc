using RnnGen.Fuzz;

namespace RnnGen.Formats.Tests.Fuzz;

/// <summary>A short run of <c>tests/RnnGen.Fuzz -- formats</c>. A finding is an exception with the file.</summary>
public class DamagedFileTests
{
    private const int Count = 2000;

    public static TheoryData<string> Formats => [.. FormatTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_files_are_read_or_refused(string format)
    {
        FormatTally tally = new FormatFuzzer([FormatTargets.All[format]()], seed: 1).Run(Count);

        // Both happen often: the damage is neither too small nor too large.
        Assert.InRange(tally.Refused, Count / 5, Count - (Count / 100));
    }
}
