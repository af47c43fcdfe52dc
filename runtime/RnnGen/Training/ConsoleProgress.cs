namespace RnnGen;

/// <summary>
/// Shows the reports of a training: on a terminal one line that is drawn again and again, with a bar; elsewhere one line per report, but not too many. <c>Fit</c>
/// does so by default if the output is a terminal. Reports are written in order, on the thread that reports them, and are the same in every culture.
/// </summary>
public sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    private const int BarLength = 10;

    // Faster than this, nobody can read.
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _writer;
    private readonly bool _isTerminal;
    private readonly TimeSpan _lineInterval = TimeSpan.FromSeconds(5);
    private Score? _validation;
    private TimeSpan? _shownAt;
    private int _drawn;
    private bool _hasAdvised;

    /// <summary>Writes to the console.</summary>
    public ConsoleProgress()
        : this(Console.Out, !Console.IsOutputRedirected)
    {
    }

    /// <summary>Writes elsewhere.</summary>
    /// <param name="writer">Receives the lines. It is not closed.</param>
    /// <param name="isTerminal">Whether a line may be drawn again. <see langword="false"/> by default.</param>
    public ConsoleProgress(TextWriter writer, bool isTerminal = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
        _isTerminal = isTerminal;
    }

    /// <summary>
    /// Where the output is no terminal: the least time of training between two lines; reports in between are left out, except the first, the last and
    /// validations. At least 0; 5 seconds by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public TimeSpan LineInterval
    {
        get => _lineInterval;
        init => _lineInterval = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(LineInterval), value, "Must be at least 0.");
    }

    /// <summary>Shows a report.</summary>
    /// <param name="value">The report.</param>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!_hasAdvised)
        {
            foreach (string advice in value.Advice)
            {
                _writer.WriteLine(advice);
            }

            _hasAdvised = true;
        }

        _validation = value.Validation ?? _validation;
        bool isDue = _shownAt is not TimeSpan shown || value.Elapsed - shown >= (_isTerminal ? RedrawInterval : LineInterval);
        if (!isDue && value.Validation is null && value.Update < value.Updates)
        {
            return;
        }

        _shownAt = value.Elapsed;
        if (_isTerminal)
        {
            Draw(value with { Validation = _validation });
        }
        else
        {
            _writer.WriteLine(value.ToString());
        }
    }

    /// <summary>Ends the line that is drawn again and again. <c>Fit</c> calls this when it ends; a loop of one's own should.</summary>
    public void Finish()
    {
        if (_drawn > 0)
        {
            _writer.WriteLine();
        }

        (_drawn, _shownAt, _validation) = (0, null, null);
    }

    private void Draw(TrainingProgress report)
    {
        int done = (int)Math.Clamp(BarLength * (double)report.Update / report.Updates, 0, BarLength);
        string line = $"[{new string('#', done)}{new string('-', BarLength - done)}] {report}";
        int width = Width() - 1;
        line = line.Length > width ? line[..width] : line;
        _writer.Write('\r' + line.PadRight(Math.Min(_drawn, width)));
        _writer.Flush();
        _drawn = line.Length;
    }

    private static int Width()
    {
        const int Usual = 80;
        try
        {
            return Console.WindowWidth > 1 ? Console.WindowWidth : Usual;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return Usual;
        }
    }
}
