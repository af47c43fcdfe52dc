using RnnGen.Tests.Allocation;
using RnnGen.Tests.Metrics;
using RnnGen.Tests.Mixtures;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Fit checks its data before it starts, and says which window and which step are wrong.</summary>
[Collection(nameof(AllocationTests))]
public sealed class DataCheckTests
{
    // The last of many windows: no update draws it soon.
    private const int Last = 499;

    private static readonly FitOptions Options = new() { Updates = 2, Order = DataOrder.Sequential };

    [Theory]
    [InlineData(9, "Window 499: A token must be in 0 .. 4; that of step 2 is not.")]
    [InlineData(-1, "Window 499: A token must be in 0 .. 4; that of step 2 is not.")]
    public void Tokens(int bad, string message) => AssertRefused(new Sequences<int, int>(Windows(bad), Windows(0)), message);

    [Fact]
    public void Classes() =>
        AssertRefused(
            new Sequences<int, int>(Windows(0), Windows(4)), "Window 499: A target must be in 0 .. 3, or negative to be ignored; that of step 2 is not.");

    [Fact]
    public void Lengths()
    {
        int[][] windows = Windows(0);
        windows[Last] = new int[7];
        AssertRefused(new Sequences<int, int>(windows, Windows(0)), "Window 499: A window has 1 to 6 steps: found 7.");
    }

    [Fact]
    public void Validation_data()
    {
        TokenRnn.Trainer trainer = Trainer();
        var e = Assert.Throws<ArgumentException>(
            () => trainer.Fit(new Sequences<int, int>(Windows(0), Windows(0)), new Sequences<int, int>(Windows(9), Windows(0)), Options));
        Assert.StartsWith("Window 499 of the validation data: A token", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Optimizer.Updates);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Inputs_are_finite_unless_asked_otherwise(float bad, string found)
    {
        ShortLstm.Trainer trainer = new ShortLstm(seed: 1).CreateTrainer(new Sgd(0.1f));
        float[][] inputs = [.. Enumerable.Range(0, 9).Select(_ => new float[9])];
        inputs[7][5] = bad;
        var data = new Sequences<float, float>(inputs, inputs.Select(_ => new float[6]));

        trainer.Fit(data, null, Options with { CheckData = DataCheck.Windows });
        var e = Assert.Throws<ArgumentException>(() => trainer.Fit(data, null, Options with { Updates = 3 }));

        Assert.StartsWith($"Window 7: Expected inputs that are finite, found {found} at step 1, number 2.", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, trainer.Optimizer.Updates);

        var good = new Sequences<float, float>([new float[9]], [new float[6]]);
        e = Assert.Throws<ArgumentException>(() => trainer.Fit(good, data, Options with { Updates = 4, RestoreBestWeights = true }));
        Assert.StartsWith("Window 7 of the validation data: Expected inputs that are finite", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_all_targets_are_ignored()
    {
        TokenRnn.Trainer tokens = Trainer();
        Sequences<int, int> classes = new([[0, 1]], [[-1, -1]]), one = new([[0, 1], [1, 0]], [[-1, -1], [-1, 0]]);
        Refused("No window has a target", () => tokens.Fit(classes, null, Options));
        Refused("No window of the validation data has a target", () => tokens.Fit(one, classes, Options));
        Assert.Equal(2, tokens.Fit(one, one, Options).Updates);
        Assert.Equal(3, tokens.Fit(classes, null, Options with { Updates = 3, CheckData = DataCheck.None }).Updates);

        ShortLstm.Trainer numbers = new ShortLstm(seed: 1).CreateTrainer(new Sgd(0.1f));
        float[] ignored = [.. Enumerable.Repeat(float.NaN, 6)];
        Refused("No window has a target", () => numbers.Fit(new Sequences<float, float>([new float[9]], [ignored]), null, Options with { CheckData = DataCheck.Windows }));

        TwoHeads.Trainer several = new TwoHeads(seed: 1).CreateTrainer(new Sgd(0.1f));
        Refused("No window has a target", () => several.Fit(Heads(new((int[])[-1, -1, -1], (float[])[float.NaN, float.NaN]), default), null, Options));
        Assert.Equal(2, several.Fit(Heads(default, new((int[])[-1, 2, -1], default)), null, Options).Updates);
        Assert.Equal(4, several.Fit(Heads(default, new(default, (float[])[1, float.NaN])), null, Options with { Updates = 4 }).Updates);

        static Sequences<float, TwoHeads.WindowTargets> Heads(params TwoHeads.WindowTargets[] targets) => new(targets.Select(_ => new float[9]), targets);

        static void Refused(string message, Action fit) => Assert.StartsWith(message, Assert.Throws<ArgumentException>(fit).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_may_be_NaN_but_not_infinite()
    {
        ShortLstm.Trainer trainer = new ShortLstm(seed: 1).CreateTrainer(new Sgd(0.1f));
        FitOptions options = Options with { CheckData = DataCheck.Finite };
        Assert.Equal(2, trainer.Fit(Of(float.NaN), null, options).Updates);
        var e = Assert.Throws<ArgumentException>(() => trainer.Fit(Of(float.PositiveInfinity), null, options));
        Assert.StartsWith("Window 0: Expected targets that are finite, or NaN to be ignored, found Infinity at step 2, number 1.", e.Message, StringComparison.Ordinal);

        static Sequences<float, float> Of(float target) => new([new float[9]], [[0, 1, 2, 3, 4, target]]);
    }

    [Theory]
    [InlineData(-0.01f, "-0.01")]
    [InlineData(1.5f, "1.5")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Targets_of_a_sigmoid_are_probabilities(float bad, string found)
    {
        Alarms.Trainer trainer = new Alarms(seed: 1).CreateTrainer(new Sgd(0.1f));
        Assert.Equal(2, trainer.Fit(Of(0.25f), null, Options).Updates);
        Assert.Equal(3, trainer.Fit(Of(float.NaN), null, Options with { Updates = 3 }).Updates);

        var e = Assert.Throws<ArgumentException>(() => trainer.Fit(Of(bad), null, Options with { Updates = 4 }));

        Assert.StartsWith($"Window 1: Expected targets that are in 0 .. 1, or NaN to be ignored, found {found} at step 2, number 1.", e.Message, StringComparison.Ordinal);
        Assert.Equal(3, trainer.Optimizer.Updates);
        Assert.Equal(4, trainer.Fit(Of(bad), null, Options with { Updates = 4, CheckData = DataCheck.None }).Updates);

        static Sequences<float, float> Of(float target) => new([new float[9], new float[9]], [new float[6], [0, 1, 0, 1, 1, target]]);
    }

    [Fact]
    public void Targets_of_several_heads_are_looked_at()
    {
        FourHeads.Trainer trainer = new FourHeads(seed: 1).CreateTrainer(new Sgd(0.1f));
        Assert.Equal(2, trainer.Fit(Of(5, 1), null, Options with { CheckData = DataCheck.Finite }).Updates);
        Refused("found 2 at step 1, number 0", Of(5, 2), DataCheck.Windows, "targets of 'Alarms' that are in 0 .. 1");
        Refused("found -Infinity at step 0, number 1", Of(float.NegativeInfinity, 1), DataCheck.Finite, "targets of 'Value' that are finite");
        Assert.Equal(3, trainer.Fit(Of(float.NegativeInfinity, 1), null, Options with { Updates = 3, CheckData = DataCheck.Windows }).Updates);

        void Refused(string found, Sequences<float, FourHeads.WindowTargets> data, DataCheck check, string expected)
        {
            var e = Assert.Throws<ArgumentException>(() => trainer.Fit(data, null, Options with { Updates = 9, CheckData = check }));
            Assert.StartsWith($"Window 1: Expected {expected}, or NaN to be ignored, {found}.", e.Message, StringComparison.Ordinal);
        }

        static Sequences<float, FourHeads.WindowTargets> Of(float value, float alarm) => new(
            [new float[3], new float[6]], [default, new(default, (float[])[0, value], (float[])[0, 1, alarm, float.NaN], default)]);
    }

    // The point may be anywhere.
    [Fact]
    public void Yes_or_no_targets_of_a_mixture_are_probabilities()
    {
        Watcher.Trainer trainer = new Watcher(seed: 1).CreateTrainer(new Sgd(0.01f));
        Assert.Equal(2, trainer.Fit(Of(1), null, Options).Updates);
        var e = Assert.Throws<ArgumentException>(() => trainer.Fit(Of(3), null, Options with { Updates = 3 }));
        Assert.StartsWith("Window 0: Expected targets that are in 0 .. 1, or NaN to be ignored, found 3 at step 1, number 2.", e.Message, StringComparison.Ordinal);

        static Sequences<float, float> Of(float lifted) => new([new float[4]], [[5, -5, 0, 7, 7, lifted]]);
    }

    [Fact]
    public void Data_are_read_once_in_several_calls_and_never_if_not_wanted()
    {
        var data = new Counted(20);
        TokenRnn.Trainer trainer = Trainer();
        for (int updates = 1; updates <= 3; updates++)
        {
            trainer.Fit(data, null, Options with { Updates = updates, CheckData = DataCheck.Windows });
        }

        Assert.Equal(20 + 3, data.Reads);

        // To check more is to read again.
        trainer.Fit(data, null, Options with { Updates = 4 });
        Assert.Equal(40 + 4, data.Reads);
        trainer.Fit(data, null, Options with { Updates = 5, CheckData = DataCheck.Windows });
        Assert.Equal(40 + 5, data.Reads);

        var other = new Counted(20);
        Trainer().Fit(other, null, Options with { CheckData = DataCheck.None });
        Assert.Equal(2, other.Reads);
    }

    [Fact]
    public void A_check_allocates_nothing_per_window()
    {
        long few = Allocated(10);
        long many = Allocated(1000);
        for (int round = 1; round < 5 && many != few; round++)
        {
            (few, many) = (Allocated(10), Allocated(1000));
        }

        Assert.Equal(few, many);

        static long Allocated(int windows)
        {
            float[][] inputs = [.. Enumerable.Range(0, windows).Select(_ => new float[9])];
            var data = new Sequences<float, float>(inputs, inputs.Select(_ => new float[6]));
            ShortLstm.Trainer trainer = new ShortLstm(seed: 1).CreateTrainer(new Sgd(0.1f));
            FitOptions options = Options with { CheckData = DataCheck.Finite };
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data, null, options);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void AssertRefused(Sequences<int, int> data, string message)
    {
        TokenRnn.Trainer trainer = Trainer();
        float[] before = trainer.Model.Parameters.ToArray();
        var e = Assert.Throws<ArgumentException>(() => trainer.Fit(data, null, Options));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.Equal(before, trainer.Model.Parameters.ToArray());
        Assert.Equal(0, trainer.Optimizer.Updates);
    }

    private static int[][] Windows(int last) => [.. Enumerable.Range(0, Last + 1).Select(window => new[] { 0, 1, window == Last ? last : 2 })];

    private static TokenRnn.Trainer Trainer() => new TokenRnn(seed: 3).CreateTrainer(new Sgd(0.1f));

    private sealed class Counted(int count) : Dataset<int, int>
    {
        public int Reads { get; private set; }

        public override int Count => count;

        public override ReadOnlySpan<int> Inputs(int index)
        {
            Reads++;
            return new[] { 1 };
        }

        public override ReadOnlySpan<int> Targets(int index) => new[] { 1 };
    }
}
