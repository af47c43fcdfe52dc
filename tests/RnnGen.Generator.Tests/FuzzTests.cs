using RnnGen.Fuzz;
using RnnGen.Tests;

namespace RnnGen.Generator.Tests;

/// <summary>A short run of <c>tests/RnnGen.Fuzz</c>. A finding is an exception with the text.</summary>
public class FuzzTests
{
    // The first texts of a seed are the same in every run.
    private static readonly int Count = LongTests.AreAskedFor ? 2000 : 300;

    [Fact]
    public async Task Declarations_are_models_or_refused()
    {
        SourceTally tally = await SourceFuzzer.Declarations(seed: 1).RunAsync(Count, compile: Count / 20);

        Assert.Equal(Count / 20, tally.Compiled);
        Assert.InRange(tally.Right, Count / 3, Count * 2 / 3);
        Assert.True(tally.Ids >= (LongTests.AreAskedFor ? 35 : 25), tally.ToString());
    }

    [Fact]
    public async Task Broken_texts_are_calmly_looked_at()
    {
        SourceTally tally = await SourceFuzzer.Texts(seed: 1).RunAsync(Count / 4);

        Assert.InRange(tally.Right, Count / 100, Count / 5);
    }
}
