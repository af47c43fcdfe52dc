using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RnnGen.Fuzz;

/// <summary>The results of many files.</summary>
internal sealed class FileTally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private TimeSpan _total;
    private (TimeSpan Time, int Length) _slowest;
    private (long Bytes, int Length) _largest;

    /// <summary>Files of one end: a reason, or "read".</summary>
    public long this[string end] => _counts.GetValueOrDefault(end);

    public long Count => _counts.Values.Sum();

    public void Add(CheckpointReason? reason, int length, long allocated, TimeSpan time)
    {
        string end = reason?.ToString() ?? "read";
        _counts[end] = this[end] + 1;
        _total += time;
        _slowest = time > _slowest.Time ? (time, length) : _slowest;
        _largest = allocated > _largest.Bytes ? (allocated, length) : _largest;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string end, long count) in _counts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{end,-14} {count,10}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"all            {Count,10}, {Count / _total.TotalSeconds:F0} per second of reading");
        text.AppendLine(CultureInfo.InvariantCulture, $"slowest file   {_slowest.Time.TotalMilliseconds,10:F1} ms, {_slowest.Length} bytes long");
        text.AppendLine(CultureInfo.InvariantCulture, $"most memory    {_largest.Bytes,10} bytes, for a file of {_largest.Length}");
        using Process self = Process.GetCurrentProcess();
        text.Append(CultureInfo.InvariantCulture, $"the process    {self.PeakWorkingSet64 / 1_000_000,10} MB at its peak");
        return text.ToString();
    }
}
