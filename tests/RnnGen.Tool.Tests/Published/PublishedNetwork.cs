using System.Text.RegularExpressions;

namespace RnnGen.Tool.Tests.Published;

/// <summary>How a published network comes in, and how its outputs differ from the published ones.</summary>
/// <param name="Entry">Its entry in the index.</param>
/// <param name="Way">How it comes in.</param>
/// <param name="Code">The user's code; empty for none.</param>
/// <param name="Run">Brings it in and compares its outputs; without any for a network that is refused, which it checks.</param>
internal sealed partial record PublishedNetwork(IndexEntry Entry, string Way, string Code, Func<IReadOnlyList<Difference>> Run)
{
    /// <summary>The statements of the user's code.</summary>
    public int Lines => Code.Length == 0 ? 0 : Math.Max(1, Text().Replace(Code, "").Count(letter => letter == ';'));

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();
}

/// <summary>The largest difference of an output from the published one.</summary>
/// <param name="Output">Its name in the index.</param>
/// <param name="Value">The difference; 0 or 1 for a decision that must be equal.</param>
internal readonly record struct Difference(string Output, double Value);
