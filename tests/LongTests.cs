namespace RnnGen.Tests;

/// <summary>
/// Tests that take long. <c>.ci/run</c> asks for those that take seconds, <c>.ci/samples</c> for all; without it they are skipped and say so, or do a part.
/// </summary>
internal static class LongTests
{
    private const string Variable = "RNNGEN_LONG_TESTS";

    private static readonly string? Asked = Environment.GetEnvironmentVariable(Variable);

    public static bool AreAskedFor => Asked is "1" or "all";

    public static void SkipUnlessAskedFor() => Assert.SkipUnless(AreAskedFor, $"Takes long: {Variable}=1 in the environment asks for it.");

    /// <summary>For tests that take a minute or more.</summary>
    public static void SkipUnlessAllAreAskedFor() => Assert.SkipUnless(Asked == "all", $"Takes a minute or more: {Variable}=all in the environment asks for it.");
}
