using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RnnGen.Fuzz;

/// <summary>The results of many texts.</summary>
internal sealed class SourceTally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private (TimeSpan Time, string Text) _slowest;
    private (long Length, string Text) _largest;
    private TimeSpan _total;

    public long Count { get; private set; }

    /// <summary>How many have a model and nothing wrong.</summary>
    public long Right { get; private set; }

    /// <summary>How many of these were compiled.</summary>
    public long Compiled { get; set; }

    /// <summary>How many different ids there were.</summary>
    public int Ids => _counts.Count;

    /// <summary>How many have a diagnostic of this id.</summary>
    public long this[string id] => _counts.GetValueOrDefault(id);

    /// <summary>How many made the compiler throw, without the generated half.</summary>
    public long Thrown { get; private set; }

    public void AddThrown()
    {
        Count++;
        Thrown++;
    }

    public void Add(SourceCheck check, string text)
    {
        Count++;
        Right += check.IsRight ? 1 : 0;
        foreach (string id in check.Ids)
        {
            _counts[id] = this[id] + 1;
        }

        _total += check.Time;
        _slowest = check.Time > _slowest.Time ? (check.Time, text) : _slowest;
        _largest = check.Length > _largest.Length ? (check.Length, text) : _largest;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string id, long count) in _counts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{id,-14} {count,10}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"compiler threw {Thrown,10}");
        using Process self = Process.GetCurrentProcess();
        text.AppendLine(CultureInfo.InvariantCulture, $"right          {Right,10}, {Compiled} of them compiled");
        text.AppendLine(CultureInfo.InvariantCulture, $"all            {Count,10}, {_total.TotalMilliseconds / Math.Max(1, Count):F1} ms each in the generator");
        text.AppendLine(CultureInfo.InvariantCulture, $"the process    {self.PeakWorkingSet64 / 1_000_000,10} MB at its peak");
        text.AppendLine(CultureInfo.InvariantCulture, $"slowest        {_slowest.Time.TotalMilliseconds,10:F0} ms:\n{_slowest.Text}");
        text.Append(CultureInfo.InvariantCulture, $"largest        {_largest.Length,10} characters generated:\n{_largest.Text}");
        return text.ToString();
    }
}
