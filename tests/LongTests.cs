namespace RnnGen.Tests;

/// <summary>Tests that take minutes. <c>.ci/run</c> asks for them; without it they are skipped and say so, or do a part.</summary>
internal static class LongTests
{
    private const string Variable = "RNNGEN_LONG_TESTS";

    public static bool AreAskedFor => Environment.GetEnvironmentVariable(Variable) == "1";

    public static void SkipUnlessAskedFor() => Assert.SkipUnless(AreAskedFor, $"Takes long: {Variable}=1 in the environment asks for it.");
}
