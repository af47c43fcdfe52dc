using System.Globalization;
using RnnGen.Tests.Models;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>What a person reads: the lines of a console, and the texts of reports, results and scores.</summary>
public sealed class ConsoleProgressTests : IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly StringWriter _text = new() { NewLine = "\n" };

    // Decimal commas change nothing.
    public ConsoleProgressTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Fact]
    public void Plain_lines_are_few_but_for_validations_and_the_last()
    {
        var console = new ConsoleProgress(_text) { LineInterval = TimeSpan.FromSeconds(2) };
        console.Report(At(10, seconds: 1));
        console.Report(At(20, seconds: 2));
        console.Report(At(30, seconds: 2.5) with { Validation = new Score(25, 10, 5) });
        console.Report(At(40, seconds: 4));
        console.Report(At(50, seconds: 4.5));
        console.Report(At(60, seconds: 5));
        console.Report(At(100, seconds: 5.1));
        console.Finish();

        Assert.Equal(
            """
            update 10 of 100, 1:05 left, epoch 0.10, loss 1.235, rate 0.002
            update 30 of 100, 1:05 left, epoch 0.30, loss 1.235, validation 2.5, rate 0.002
            update 50 of 100, 1:05 left, epoch 0.50, loss 1.235, rate 0.002
            update 100 of 100, epoch 1.00, loss 1.235, rate 0.002

            """.ReplaceLineEndings("\n"),
            _text.ToString());
    }

    [Fact]
    public void A_terminal_has_one_line_with_a_bar_and_the_last_validation()
    {
        var console = new ConsoleProgress(_text, isTerminal: true);
        console.Report(At(10, seconds: 1) with { Validation = new Score(25, 10, 5) });
        console.Report(At(11, seconds: 1.05));
        console.Report(At(55, seconds: 1.2));
        console.Finish();
        console.Finish();

        // A narrow window cuts the end off.
        string[] drawn = _text.ToString().Split('\r');
        Assert.Equal(3, drawn.Length);
        Assert.Equal("", drawn[0]);
        Assert.StartsWith("[#---------] update 10 of 100, 1:05 left, epoch 0.10, loss 1.235, valid", drawn[1], StringComparison.Ordinal);
        Assert.StartsWith("[#####-----] update 55 of 100, 1:05 left, epoch 0.55, loss 1.235, valid", drawn[2], StringComparison.Ordinal);
        Assert.Equal(_text.ToString().Length - 1, _text.ToString().IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void A_shorter_line_covers_a_longer_one()
    {
        var console = new ConsoleProgress(_text, isTerminal: true);
        console.Report(At(10, seconds: 1));
        console.Report(At(100, seconds: 2));

        string[] drawn = _text.ToString().Split('\r');
        Assert.Equal(drawn[1].Length, drawn[2].Length);
    }

    [Fact]
    public void A_Debug_build_is_said_once()
    {
        var console = new ConsoleProgress(_text);
        console.Report(At(10, seconds: 1) with { Advice = [DebugBuild.Advice] });
        console.Report(At(20, seconds: 20) with { Advice = [DebugBuild.Advice] });

        string[] lines = _text.ToString().Split('\n');
        Assert.StartsWith(
            "A Debug build trains 11 to 18 times slower: run it with 'dotnet run -c Release', or add <Optimize>true</Optimize> to the project file", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("update 10", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("update 20", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_writes_in_order_and_ends_the_line()
    {
        TokenRnn.Trainer trainer = new TokenRnn(seed: 3).CreateTrainer(new Adam(0.01f));
        TokenWindows data = TokenWindows.Tiled(new int[50], 6);
        trainer.Fit(data, data, new FitOptions { Updates = 30, ReportEvery = 10 }, new ConsoleProgress(_text, isTerminal: true));

        string text = _text.ToString();
        Assert.Contains("\r[###-------] update 10 of 30, 0:", text, StringComparison.Ordinal);
        Assert.Contains("\r[##########] update 30 of 30, epoch 3.33, loss ", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_Fit_writes_nothing()
    {
        TextWriter console = Console.Out;
        Console.SetOut(_text);
        try
        {
            new TokenRnn(seed: 3).CreateTrainer(new Adam(0.01f)).Fit(TokenWindows.Tiled(new int[50], 6), null, new FitOptions { Updates = 60, Quiet = !Console.IsOutputRedirected });
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.DoesNotContain("update", _text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Scores()
    {
        Assert.Equal("loss 1.235, accuracy 56.7 %, 30 targets", new Score(1.23456 * 30, 30, 17).ToString());
        Assert.Equal("loss 1.235, 30 targets", new Score(1.23456 * 30, 30, 0) { Decisions = 0 }.ToString());
        Assert.Equal("loss NaN, 0 targets", default(Score).ToString());
    }

    [Fact]
    public void Reports()
    {
        TrainingProgress report = At(10, seconds: 1) with { Epoch = 0, Loss = double.NaN, LearningRate = float.NaN, SkippedUpdates = 3, Remaining = new TimeSpan(26, 1, 9) };
        Assert.Equal("update 10 of 100, 1561:09 left, 3 skipped", report.ToString());
    }

    [Fact]
    public void Results()
    {
        var result = new FitResult(StopReason.NoImprovement, 300, new Score(15, 10, 5), 1.2, 250, 3000, TimeSpan.FromSeconds(1.25)) { SkippedUpdates = 2 };
        Assert.Equal("no improvement after 300 updates, 1.3 s, 2 skipped; validation: loss 1.5, accuracy 50.0 %, 10 targets; best loss 1.2 after update 250", result.ToString());
        Assert.Equal("completed after 5 updates, all before this call", new FitResult(StopReason.Completed, 5, default, 0, 0, 0, TimeSpan.Zero).ToString());
        Assert.EndsWith(DebugBuild.Advice, (result with { Advice = [DebugBuild.Advice] }).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_calls()
    {
        Assert.Throws<ArgumentNullException>(() => new ConsoleProgress(null!));
        Assert.Throws<ArgumentNullException>(() => new ConsoleProgress(_text).Report(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConsoleProgress { LineInterval = TimeSpan.FromTicks(-1) });
    }

    private static TrainingProgress At(long update, double seconds) => new()
    {
        Update = update,
        Updates = 100,
        Epoch = update / 100.0,
        Loss = 1.23456,
        Validation = null,
        BestLoss = double.PositiveInfinity,
        LearningRate = 0.002f,
        GradientNorm = 1,
        SkippedUpdates = 0,
        TargetsPerSecond = 1,
        Elapsed = TimeSpan.FromSeconds(seconds),
        Remaining = TimeSpan.FromSeconds(65),
    };
}
