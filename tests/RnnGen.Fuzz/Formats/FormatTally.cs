using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RnnGen.Fuzz;

/// <summary>The results of many files of other programs, by format.</summary>
internal sealed class FormatTally
{
    private readonly SortedDictionary<string, Results> _results = new(StringComparer.Ordinal);

    /// <summary>The number of files.</summary>
    public long Count => _results.Values.Sum(results => results.Count);

    /// <summary>The number of files that were refused.</summary>
    public long Refused => _results.Values.Sum(results => results.Refused);

    /// <summary>Adds a file.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="isRefused">Whether it was refused.</param>
    /// <param name="memory">What it took besides the file and its tensors, in bytes.</param>
    /// <param name="time">How long it took.</param>
    public void Add(string format, bool isRefused, long memory, TimeSpan time)
    {
        Results old = _results.GetValueOrDefault(format);
        _results[format] = new Results(
            old.Count + 1, old.Refused + (isRefused ? 1 : 0), time + old.Total, time > old.Slowest ? time : old.Slowest, Math.Max(old.Memory, memory));
    }

    /// <summary>A table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("format                       files    refused   mean ms   slowest ms   most memory besides file and tensors");
        foreach ((string format, Results results) in _results)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture, $"{format,-24} {results.Count,9} {results.Refused,10} {results.Total.TotalMilliseconds / results.Count,9:F3} {results.Slowest.TotalMilliseconds,12:F1} {results.Memory,13}");
        }

        using Process self = Process.GetCurrentProcess();
        text.Append(CultureInfo.InvariantCulture, $"all                      {Count,9} {Refused,10}; the process took {self.PeakWorkingSet64 / 1_000_000} MB at its peak");
        return text.ToString();
    }

    private readonly record struct Results(long Count, long Refused, TimeSpan Total, TimeSpan Slowest, long Memory);
}
