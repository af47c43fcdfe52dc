using System.Globalization;
using System.Text.Json;
using RnnGen.Formats;
using RnnGen.Formats.Tests;

namespace RnnGen.Tool.Tests.Published;

/// <summary>An entry of the index of published networks.</summary>
/// <param name="Name">Its name, or the file if it has none.</param>
/// <param name="File">The file as it was published, relative to the folder.</param>
/// <param name="Answers">The file with inputs and outputs; null if the network must be refused.</param>
/// <param name="Tolerances">What the index says about each output.</param>
internal sealed record IndexEntry(string Name, string File, string? Answers, IReadOnlyDictionary<string, string> Tolerances)
{
    private const string OfTheFolder = "1e-5";

    private static readonly Lazy<IReadOnlyList<IndexEntry>> Entries = new(ReadAll);

    /// <summary>All entries, in the order of the index; none if the networks are not here.</summary>
    public static IReadOnlyList<IndexEntry> All => Entries.Value;

    /// <summary>The path of the file; skips the test if it is missing.</summary>
    public string Path => SharedFiles.Find(File.Split('/'));

    /// <summary>The tensors of the file.</summary>
    public TensorFile Tensors => TensorFiles.Read(Path);

    /// <summary>Inputs and outputs.</summary>
    public TensorFile Values => TensorFiles.Read(SharedFiles.Find(Answers!.Split('/')));

    /// <summary>Finds an entry.</summary>
    public static IndexEntry Of(string name) => All.Single(entry => entry.Name == name);

    /// <summary>The largest difference of an output: a number, or <c>2e-5 of ...</c>, or <c>equal</c>.</summary>
    public double ToleranceOf(string output)
    {
        string text = Tolerances.GetValueOrDefault(output) ?? Tolerances.GetValueOrDefault("") ?? OfTheFolder;
        return text == "equal" ? 0 : double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static List<IndexEntry> ReadAll()
    {
        string path = SharedFiles.PathOf("index.json");
        if (!System.IO.File.Exists(path))
        {
            return [];
        }

        using var index = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        Dictionary<string, JsonElement> named = index.RootElement.EnumerateArray().Where(entry => entry.TryGetProperty("name", out _)).ToDictionary(entry => entry.GetProperty("name").GetString()!);
        return [.. index.RootElement.EnumerateArray().Select(entry => Read(entry, named))];
    }

    private static IndexEntry Read(JsonElement entry, Dictionary<string, JsonElement> named)
    {
        // Files in PyTorch's layout have their inputs and outputs in them.
        if (entry.TryGetProperty("file", out JsonElement own))
        {
            return new IndexEntry(own.GetString()!, own.GetString()!, own.GetString()!, new Dictionary<string, string> { [""] = own.GetString()!.StartsWith("silero", StringComparison.Ordinal) ? "2e-5" : OfTheFolder });
        }

        string? answers = entry.GetProperty("expected").GetString();
        JsonElement described = answers is not null && named.TryGetValue(answers, out JsonElement other) ? other : entry;
        return new IndexEntry(entry.GetProperty("name").GetString()!, entry.GetProperty("original").GetString()!, described.GetProperty("expected").GetString(), TolerancesOf(described));
    }

    private static Dictionary<string, string> TolerancesOf(JsonElement entry) =>
        !entry.TryGetProperty("tolerance", out JsonElement tolerance) ? []
        : tolerance.ValueKind == JsonValueKind.Object ? tolerance.EnumerateObject().ToDictionary(output => output.Name, output => output.Value.ToString())
        : new Dictionary<string, string> { [""] = tolerance.ToString() };
}
