using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;

namespace RnnGen.Benchmarks;

/// <summary>Our models and the peers: tables on the console, and the requested files.</summary>
internal static class CompareCommand
{
    public static Command Create() => CompareOptions.CreateCommand(Run);

    private static int Run(CompareOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        var host = new HostTime();
        using var limits = new Limits();
        bool live = !Console.IsOutputRedirected;
        var comparison = new Comparison(options, new Line(text => Console.Error.Write(live ? $"\r{text,-60}" : text + "\n")));
        comparison.Run(limits);
        Console.Error.WriteLine();

        var report = new Report(comparison, limits, host, Stopwatch.GetElapsedTime(start));
        ConsoleReport.Write(report, AnsiConsole.Create(new AnsiConsoleSettings { Ansi = live ? AnsiSupport.Detect : AnsiSupport.No }));
        Write(options.Json, () => JsonReport.Write(report));
        if (options.Markdown is not null)
        {
            MarkdownReport.WriteTo(options.Markdown, MarkdownReport.Write(report));
        }

        Write(options.Svg, () => SvgReport.Write(report));
        return comparison.Disagreements.Count == 0 ? 0 : 1;
    }

    private static void Write(string? file, Func<string> text)
    {
        if (file is not null)
        {
            File.WriteAllText(file, text());
        }
    }

    /// <summary>Progress that is reported synchronously: <see cref="Progress{T}"/> would use other threads during measurements.</summary>
    private sealed class Line(Action<string> write) : IProgress<string>
    {
        public void Report(string value) => write(value);
    }
}
