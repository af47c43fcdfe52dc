using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RnnGen.Documentation.Tests;

/// <summary>
/// A page of the documentation, and the code on it. All <c>csharp</c> blocks of a page are one program, in their order; one that has the name of a file behind
/// <c>csharp</c> is a file of it or, if it begins with <c>#:</c>, a program of its own, which runs after the page's. <c>text</c> blocks are what the programs
/// write, <c>cs</c> blocks are parts of generated code.
/// </summary>
internal sealed partial class Page
{
    private Page(string path) => (Path, Text) = (path, File.ReadAllText(System.IO.Path.Combine(Root(), path)).ReplaceLineEndings("\n"));

    /// <summary>The pages that have code of users: the README and those in docs.</summary>
    public static IEnumerable<string> Paths => Directory.GetFiles(System.IO.Path.Combine(Root(), "docs"), "*.md")
        .Select(path => "docs/" + System.IO.Path.GetFileName(path))
        .Order(StringComparer.Ordinal)
        .Prepend("README.md");

    /// <summary>The path from the root of the repository.</summary>
    public string Path { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Why the program is compiled but not run; null if it is run.</summary>
    public string? WhyNotRun => NotRun().Match(Text) is { Success: true } match ? match.Groups["why"].Value : null;

    /// <summary>The code of the program.</summary>
    public IEnumerable<Block> Program => Blocks("csharp").Where(block => block.Name.Length == 0);

    /// <summary>The other files of the program.</summary>
    public IEnumerable<Block> Files => Blocks("csharp").Where(block => block.Name.Length > 0 && !block.IsProgram);

    /// <summary>The programs of one file.</summary>
    public IEnumerable<Block> FilePrograms => Blocks("csharp").Where(block => block.IsProgram);

    public static Page Read(string path) => new(path);

    /// <summary>The repository.</summary>
    public static string Root([CallerFilePath] string here = "") => System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", ".."));

    /// <summary>The blocks of a language; in a comment, a block is not shown.</summary>
    public IEnumerable<Block> Blocks(string language)
    {
        foreach (Match match in Fenced().Matches(Text))
        {
            if (match.Groups["language"].Value == language)
            {
                Group code = match.Groups["code"];
                yield return new Block(match.Groups["name"].Value.Trim(), code.Value, Text.AsSpan(0, code.Index).Count('\n') + 1);
            }
        }
    }

    [GeneratedRegex(@"^```(?<language>\w+)(?<name>[^\n]*)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"^<!-- Not run: (?<why>[^\n]+?)( -->)?$", RegexOptions.Multiline)]
    private static partial Regex NotRun();
}

/// <summary>A block of code.</summary>
/// <param name="Name">What stands behind its language: the name of a file, or nothing.</param>
/// <param name="Code">The code.</param>
/// <param name="Line">The line of the page at which the code begins.</param>
internal sealed record Block(string Name, string Code, int Line)
{
    /// <summary>Whether it is a program of one file, which <c>dotnet run</c> builds by what its first lines say.</summary>
    public bool IsProgram => Code.StartsWith("#:", StringComparison.Ordinal);
}
