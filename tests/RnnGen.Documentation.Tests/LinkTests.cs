using System.Text.RegularExpressions;

namespace RnnGen.Documentation.Tests;

/// <summary>Links of all pages of the repository lead somewhere: to a file or folder, and to a heading where one is named.</summary>
public partial class LinkTests
{
    [Fact]
    public void Lead_to_files_and_headings_that_exist()
    {
        string[] pages = [.. Directory.EnumerateFiles(Page.Root(), "*.md", SearchOption.AllDirectories).Where(path => !Output().IsMatch(Path.GetRelativePath(Page.Root(), path)))];
        string[] dead = [.. pages.SelectMany(page => Links(page).Where(link => !Leads(page, link)).Select(link => $"{Path.GetRelativePath(Page.Root(), page)}: {link}"))];

        Assert.True(dead.Length == 0, string.Join('\n', dead));
        Assert.True(pages.Sum(page => Links(page).Count()) > 100);
    }

    /// <summary>What is packed with the pages is all that they need of each other.</summary>
    [Fact]
    public void Pages_of_the_package_do_not_miss_each_other()
    {
        string project = File.ReadAllText(Path.Combine(Page.Root(), "runtime", "RnnGen", "RnnGen.csproj"));
        foreach (string folder in new[] { "docs", "generator/Diagnostics/docs" })
        {
            Assert.Contains($"Include=\"../../{folder}/*.md\" Pack=\"true\" PackagePath=\"{folder}\"", project, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Links(string page) =>
        Link().Matches(Code().Replace(File.ReadAllText(page), "")).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

    private static bool Leads(string page, string link)
    {
        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        return parts.Length == 1 ? File.Exists(target) || Directory.Exists(target) : File.Exists(target) && Anchors(target).Contains(parts[1]);
    }

    /// <summary>As GitHub makes them of headings: lower case, words with hyphens between them, no punctuation.</summary>
    private static IEnumerable<string> Anchors(string page) => File.ReadLines(page)
        .Where(line => line.StartsWith('#'))
        .Select(line => Punctuation().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\p{L}\p{N}\s_-]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"(^|[\\/])(bin|obj|\.\w+|node_modules)[\\/]")]
    private static partial Regex Output();
}
