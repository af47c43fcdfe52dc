using RnnGen.Fuzz;

namespace RnnGen.Generator.Tests;

/// <summary>A little of what <c>tests/RnnGen.Fuzz</c> does for hours. A finding is an exception that says which text it was.</summary>
public class FuzzTests
{
    [Fact]
    public async Task Declarations_are_models_or_refused()
    {
        SourceTally tally = await SourceFuzzer.Declarations(seed: 1).RunAsync(2000, compile: 100);

        Assert.Equal(100, tally.Compiled);
        Assert.InRange(tally.Right, 2000 / 3, 2000 * 2 / 3);
        Assert.True(tally.Ids >= 35, tally.ToString());
    }

    [Fact]
    public async Task Broken_texts_are_calmly_looked_at()
    {
        SourceTally tally = await SourceFuzzer.Texts(seed: 1).RunAsync(500);

        Assert.InRange(tally.Right, 20, 400);
    }
}
