using System.Runtime.CompilerServices;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>
/// Compares generated files with the reviewed ones beside the test, named as the Verify library names them:
/// <c>Class.Method#File.verified.cs</c>. What differs is written to <c>*.received.cs</c>. With RNNGEN_ACCEPT_SNAPSHOTS=1 in
/// the environment, the generated files replace the reviewed ones.
/// </summary>
internal static class Snapshot
{
    private const string Verified = ".verified.cs";
    private const string Received = ".received.cs";

    public static void Match(
        IReadOnlyDictionary<string, string> files,
        [CallerFilePath] string testFile = "",
        [CallerMemberName] string test = "")
    {
        string folder = Path.GetDirectoryName(testFile)!;
        string prefix = $"{Path.GetFileNameWithoutExtension(testFile)}.{test}#";
        bool accept = Environment.GetEnvironmentVariable("RNNGEN_ACCEPT_SNAPSHOTS") == "1";
        foreach (string stale in Directory.GetFiles(folder, prefix + "*" + Received))
        {
            File.Delete(stale);
        }

        Dictionary<string, string> generated = files.ToDictionary(file => prefix + Path.ChangeExtension(file.Key, null), file => file.Value);
        IEnumerable<string> reviewed = Directory.GetFiles(folder, prefix + "*" + Verified)
            .Select(path => Path.GetFileName(path)[..^Verified.Length]);
        var differences = new List<string>();
        foreach (string name in generated.Keys.Union(reviewed).Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(folder, name + Verified);
            string? expected = File.Exists(path) ? File.ReadAllText(path) : null;
            string? actual = generated.GetValueOrDefault(name);
            if (expected == actual)
            {
                continue;
            }

            if (!accept)
            {
                differences.Add(name + (expected is null ? " is new" : actual is null ? " is no longer generated" : " differs"));
                path = Path.Combine(folder, name + Received);
            }

            if (actual is not null)
            {
                File.WriteAllText(path, actual);
            }
            else if (accept)
            {
                File.Delete(path);
            }
        }

        Assert.True(
            differences.Count == 0,
            $"{string.Join(", ", differences)}. Compare *{Received} with *{Verified} beside {Path.GetFileName(testFile)}, "
            + "and run the test with RNNGEN_ACCEPT_SNAPSHOTS=1 if the change is right.");
    }
}
