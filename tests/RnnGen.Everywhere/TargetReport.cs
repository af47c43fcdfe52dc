using System.Buffers.Binary;
using System.Globalization;

namespace RnnGen.Everywhere;

/// <summary>What the program printed on a target; see <see cref="Report"/>.</summary>
internal sealed class TargetReport
{
    private readonly List<(string Name, string Value)> _facts = [];

    private TargetReport(string[] lines)
    {
        foreach (string line in lines)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["fact", var name, .. var value]: _facts.Add((name, string.Join(' ', value))); break;
                case ["case", var name, _, _, _, _, var numbers]: Cases.Add(name, Numbers(numbers)); break;
                case ["digest", var section, _, var digest]: Digests[section] = digest; break;
                case ["FAILED", ..]: Failure ??= line; break;
                case [_, "passed,", "0", "failed"]: IsComplete = true; break;
            }
        }
    }

    /// <summary>The results by the names of the cases.</summary>
    public OrderedDictionary<string, float[]> Cases { get; } = [];

    public Dictionary<string, string> Digests { get; } = [];

    /// <summary>Whether the program ran to its end, and no case failed.</summary>
    public bool IsComplete { get; }

    public string? Failure { get; }

    public static TargetReport Read(string path) => new(File.ReadAllLines(path));

    /// <summary>A fact, or an empty text if it is not known.</summary>
    public string Fact(string name) => _facts.LastOrDefault(fact => fact.Name == name).Value ?? "";

    /// <summary>The median of a number that was measured several times; NaN if it was not.</summary>
    public double Median(string name)
    {
        double[] values = [.. _facts.Where(fact => fact.Name == name).Select(fact => double.Parse(fact.Value, CultureInfo.InvariantCulture)).Order()];
        return values.Length == 0 ? double.NaN : values[values.Length / 2];
    }

    private static float[] Numbers(string text)
    {
        byte[] bytes = Convert.FromBase64String(text);
        var numbers = new float[bytes.Length / sizeof(float)];
        for (int k = 0; k < numbers.Length; k++)
        {
            numbers[k] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(k * sizeof(float)));
        }

        return numbers;
    }
}
