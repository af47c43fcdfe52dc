using RnnGen.Tests.Batches;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Errors in data have the number of the window.</summary>
public class WrongWindowTests
{
    private static readonly FitOptions Options = new() { Updates = 9, Order = DataOrder.Sequential, BatchSize = 3 };

    [Fact]
    public void Of_single_windows()
    {
        var model = new ShortLstm(seed: 1);
        float[][] inputs = [.. Enumerable.Range(0, 9).Select(window => new float[window == 4 ? 8 : 9])];
        AssertNamed(model.CreateTrainer(new Sgd(0.1f)), new Sequences<float, float>(inputs, inputs.Select(_ => new float[6])), "inputs", "found 8");
        float[][] good = [.. inputs.Select(_ => new float[9])];
        AssertNamed(model.CreateTrainer(new Sgd(0.1f)), new Sequences<float, float>(good, good.Select((_, window) => new float[window == 4 ? 5 : 6])), "targets", "found 5");
        AssertNamed(() => model.Evaluate(new Sequences<float, float>(inputs, inputs.Select(_ => new float[6]))), "inputs", "found 8");
    }

    [Fact]
    public void Of_lanes()
    {
        var model = new TokenBatch(seed: 1);
        int[][] tokens = [.. Enumerable.Range(0, 9).Select(window => new[] { 0, window == 4 ? 5 : 1 })];
        AssertNamed(model.CreateTrainer(new Sgd(0.1f)), new Sequences<int, int>(tokens, tokens.Select(_ => new int[2])), "inputs", "that of step 1");
        int[][] good = [.. tokens.Select(_ => new int[2])];
        AssertNamed(model.CreateTrainer(new Sgd(0.1f)), new Sequences<int, int>(good, good.Select((_, window) => new[] { 0, window == 4 ? 4 : 3 })), "targets", "that of step 1");
        AssertNamed(() => model.Evaluate(new Sequences<int, int>(tokens, tokens.Select(_ => new int[2]))), "inputs", "that of step 1");
    }

    [Fact]
    public void With_advice_for_targets_of_every_step_and_of_the_whole_window()
    {
        const string OncePerWindow = "for one answer per window, set ReturnSequences = false";
        const string EveryStep = "for an answer at every step, remove ReturnSequences = false";
        using ShortLstm.Trainer steps = new ShortLstm(seed: 1).CreateTrainer(new Sgd(0.1f));
        using GruStack.Trainer last = new GruStack(seed: 1).CreateTrainer(new Sgd(0.1f));

        Refused(() => steps.Train(new float[9], new float[2]), "Expected a length of 6, found 2.", OncePerWindow);
        Refused(() => steps.Accumulate(steps.Model.CreateState(), new float[9], new float[2]), "Expected a length of 6, found 2.", OncePerWindow);
        Refused(() => steps.Fit(new Sequences<float, float>([new float[9]], [new float[2]]), null, Options), "Expected a length of 6, found 2.", OncePerWindow);
        Refused(() => last.Train(new float[12], new float[9]), "Expected a length of 3, found 9.", EveryStep);
        Refused(() => last.Evaluate(new Sequences<float, float>([new float[12]], [new float[9]])), "Expected a length of 3, found 9.", EveryStep);

        // Any other length is another mistake.
        Assert.DoesNotContain("ReturnSequences", Assert.Throws<ArgumentException>(() => steps.Train(new float[9], new float[4])).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ReturnSequences", Assert.Throws<ArgumentException>(() => last.Train(new float[12], new float[6])).Message, StringComparison.Ordinal);

        static void Refused(Action call, string length, string advice)
        {
            string message = Assert.Throws<ArgumentException>(call).Message;
            Assert.Contains(length, message, StringComparison.Ordinal);
            Assert.Contains(advice, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_several_workers()
    {
        using SharedPlain.Trainer trainer = new SharedPlain(seed: 1).CreateTrainer(new Sgd(0.1f));
        trainer.Workers = 2;
        float[][] inputs = [.. Enumerable.Range(0, 9).Select(window => new float[window == 4 ? 204 : 200])];
        var data = new Sequences<float, float>(inputs, inputs.Select(_ => new float[50]));

        AssertNamed(() => trainer.Train(data, 0, 1, 2, 3, 4, 5, 6, 7), "inputs", "found 204");
        AssertNamed(() => trainer.Evaluate(data), "inputs", "found 204");
    }

    [Fact]
    public void Of_a_data_set_of_ones_own()
    {
        ShortLstm.Trainer trainer = new ShortLstm(seed: 1).CreateTrainer(new Sgd(0.1f));

        AssertNamed(() => trainer.Fit(new Failing(new ArgumentNullException("row", "It is null.")), null, Options), "row", "It is null.");
        var other = new InvalidDataException("It is not there.");
        Assert.Same(other, Assert.Throws<InvalidDataException>(() => trainer.Fit(new Failing(other), null, Options)));
        Assert.Equal(4, other.Data["Window"]);
    }

    private static void AssertNamed<TInput, TTarget>(Trainer<TInput, TTarget> trainer, Dataset<TInput, TTarget> data, string parameter, string part)
    {
        AssertNamed(() => trainer.Fit(data, null, Options), parameter, part);
        AssertNamed(() => trainer.Train(data, 0, 4, 1), parameter, part);
        AssertNamed(() => trainer.Accumulate(data, 4), parameter, part);
        AssertNamed(() => trainer.Evaluate(data), parameter, part);
    }

    private static void AssertNamed(Action call, string parameter, string part)
    {
        var exception = Assert.Throws<ArgumentException>(call);
        var inner = Assert.IsType<ArgumentException>(exception.InnerException, exactMatch: false);
        Assert.Equal(parameter, inner.ParamName);
        Assert.StartsWith("Window 4: ", exception.Message);
        Assert.Contains(inner.Message, exception.Message);
        Assert.Contains(part, exception.Message);
    }

    private static void AssertNamed(Func<object> call, string parameter, string part) => AssertNamed(() => { call(); }, parameter, part);

    private sealed class Failing(Exception exception) : Dataset<float, float>
    {
        public override int Count => 9;

        public override ReadOnlySpan<float> Inputs(int index) => new float[9];

        public override ReadOnlySpan<float> Targets(int index) => index == 4 ? throw exception : new float[6];
    }
}
