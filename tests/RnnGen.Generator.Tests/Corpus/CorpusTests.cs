using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>
/// The text of many models, by its hash: a change of the generator that is not meant to change what it prints leaves <c>corpus.sha256</c> as it
/// is. <c>.ci/corpus REVISION</c> shows the differences line by line.
/// </summary>
public class CorpusTests
{
    [Fact]
    public void The_text_is_what_it_was()
    {
        IReadOnlyDictionary<string, string> files = Generate();
        if (Environment.GetEnvironmentVariable("RNNGEN_CORPUS_FOLDER") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            foreach ((string name, string text) in files)
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }
        }

        string[] actual = [.. files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{Hash(file.Value)}  {file.Key}")];
        if (Environment.GetEnvironmentVariable("RNNGEN_ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllLines(HashFile(), actual);
        }

        string[] expected = File.ReadAllLines(HashFile());
        string[] differences = [.. actual.Except(expected).Concat(expected.Except(actual)).Select(line => line.Split("  ")[1]).Distinct()];
        Assert.True(
            differences.Length == 0,
            $"{differences.Length} of {actual.Length} files differ: {string.Join(", ", differences.Take(10))}. "
            + "See .ci/corpus for the differences, and run the test with RNNGEN_ACCEPT_SNAPSHOTS=1 if they are meant.");
    }

    private static IReadOnlyDictionary<string, string> Generate()
    {
        GeneratorRun run = GeneratorRun.Of([.. Corpus.Declarations()]);
        Assert.Empty(run.Errors);
        return run.Files;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string HashFile([CallerFilePath] string testFile = "") => Path.Combine(Path.GetDirectoryName(testFile)!, "corpus.sha256");
}
