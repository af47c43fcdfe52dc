using RnnGen.Tests.Batches;
using RnnGen.Tests.Models;
using TwoHeads = RnnGen.Tests.Models.TwoHeads;

namespace RnnGen.Tests.Metrics;

/// <summary>Heads of every kind, with rows per step and per window, in an order in which they alternate.</summary>
[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class FourHeads
{
    [Gru(6)]
    public partial Layer Memory { get; }

    [Rnn(4, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Softmax(3, Weight = 0.5, From = [nameof(Memory)])]
    public partial Layer Kind { get; }

    [Linear(2, Weight = 3)]
    public partial Layer Value { get; }

    [Sigmoid(2, From = [nameof(Memory)])]
    public partial Layer Alarms { get; }

    [Softmax(4)]
    public partial Layer Whole { get; }
}

/// <summary>Scores and metrics of each of several heads, against those of the head's outputs alone.</summary>
public sealed class HeadMetricsTests
{
    private const int Windows = 30;

    private readonly FourHeads _model = new(seed: 1);
    private readonly float[][] _inputs;
    private readonly int[][] _kinds;
    private readonly float[][] _values;
    private readonly float[][] _alarms;
    private readonly int[][] _wholes;
    private readonly Sequences<float, FourHeads.WindowTargets> _data;

    public HeadMetricsTests()
    {
        var random = new Random(3);
        _inputs = [.. Enumerable.Range(0, Windows).Select(k => TestNumbers.Random(random, 3 * (1 + (k % 6))))];

        // Some windows leave heads out, some targets are ignored.
        _kinds = [.. _inputs.Select((x, k) => k == 4 ? [] : Enumerable.Range(0, x.Length / 3).Select(_ => random.Next(-1, 3)).ToArray())];
        _values = [.. _inputs.Select((_, k) => k == 7 ? [] : new[] { random.NextSingle(), k == 9 ? float.NaN : random.NextSingle() })];
        _alarms = [.. _inputs.Select((x, k) => Enumerable.Range(0, x.Length / 3 * 2).Select(n => n == k ? float.NaN : random.Next(2)).ToArray())];
        _wholes = [.. _inputs.Select((_, k) => k == 4 ? [] : new[] { random.Next(4) })];
        _data = new(_inputs, Enumerable.Range(0, Windows).Select(k => (FourHeads.WindowTargets[])[new(_kinds[k], _values[k], _alarms[k], _wholes[k])]));
    }

    [Fact]
    public void Scores_are_those_of_the_heads()
    {
        Score[] expected = new Score[4];
        FourHeads.State state = _model.CreateState();
        for (int k = 0; k < Windows; k++)
        {
            state.Reset();
            (Score kind, Score value, Score alarms, Score whole) = _model.Evaluate(state, _inputs[k], _kinds[k], _values[k], _alarms[k], _wholes[k]);
            expected = [expected[0] + kind, expected[1] + value, expected[2] + alarms, expected[3] + whole];
        }

        IReadOnlyDictionary<string, Score> scores = _model.EvaluateHeads(_data);

        Assert.Equal(["Kind", "Value", "Alarms", "Whole"], scores.Keys);
        Assert.Equal(expected, scores.Values);
        Assert.Equal(_kinds.Sum(row => row.Count(target => target >= 0)), scores["Kind"].Count);
        Assert.Equal((2 * (Windows - 1)) - 1, scores["Value"].Count);
        Assert.True(double.IsNaN(scores["Value"].Accuracy));
        Assert.InRange(scores["Alarms"].Accuracy, 0.01, 0.99);
    }

    [Fact]
    public void A_model_with_one_head_has_one_score()
    {
        var model = new TokenRnn(seed: 1);
        var data = new Sequences<int, int>([[0, 1, 2], [4]], [[1, 2, 3], [0]]);

        KeyValuePair<string, Score> only = Assert.Single(model.EvaluateHeads(data));

        Assert.Equal(("Next", model.Evaluate(data)), (only.Key, only.Value));
    }

    // Mini-batches are evaluated together, heads one window at a time.
    [Fact]
    public void A_model_with_batches_has_the_scores_of_one_without()
    {
        float[][] inputs = [.. _inputs.Where(x => x.Length <= 15)];
        int[][] kinds = [.. inputs.Select((x, k) => Enumerable.Range(0, x.Length / 3).Select(step => (step + k) % 3).ToArray())];
        var plain = new TwoHeads(seed: 1);
        var batches = new TwoHeadsBatch(seed: 1);

        IReadOnlyDictionary<string, Score> expected = plain.EvaluateHeads(
            new Sequences<float, TwoHeads.WindowTargets>(inputs, inputs.Select((_, k) => new TwoHeads.WindowTargets(kinds[k], new float[2]))));
        IReadOnlyDictionary<string, Score> found = batches.EvaluateHeads(
            new Sequences<float, TwoHeadsBatch.WindowTargets>(inputs, inputs.Select((_, k) => new TwoHeadsBatch.WindowTargets(kinds[k], new float[2]))));

        Assert.Equal(["Kind", "Value"], found.Keys);
        Assert.Equal(expected["Kind"].Correct, found["Kind"].Correct);
        Assert.Equal(expected["Kind"].Loss, found["Kind"].Loss, 1e-5);
        Assert.Equal(expected["Value"].Loss, found["Value"].Loss, 1e-5);
    }

    [Fact]
    public void Metrics_are_those_of_the_heads_outputs()
    {
        var kinds = new ClassMetrics(3);
        var values = new RegressionMetrics(2);
        ClassMetrics[] alarms = [new(2), new(2)];
        var wholes = new ClassMetrics(4);
        for (int k = 0; k < Windows; k++)
        {
            int steps = _inputs[k].Length / 3;
            float[] kind = new float[steps * 3], value = new float[2], alarm = new float[steps * 2], whole = new float[4];
            _model.Forward(_model.CreateState(), _inputs[k], kind, value, alarm, whole);
            for (int row = 0; row < steps; row++)
            {
                kinds.Add(kind.AsSpan(row * 3, 3), k == 4 ? -1 : _kinds[k][row]);
                for (int n = 0; n < 2; n++)
                {
                    float target = _alarms[k][(row * 2) + n];
                    alarms[n].Add([1 - alarm[(row * 2) + n], alarm[(row * 2) + n]], float.IsNaN(target) ? -1 : (int)target);
                }
            }

            values.Add(value, k == 7 ? [float.NaN, float.NaN] : _values[k]);
            wholes.Add(whole, k == 4 ? -1 : _wholes[k][0]);
        }

        AssertSame(kinds, _model.MeasureClasses(_data, nameof(_model.Kind)));
        AssertSame(wholes, _model.MeasureClasses(_data, "Whole"));
        ClassMetrics[] found = _model.MeasureYesOrNo(_data, "Alarms");
        Assert.Equal(2, found.Length);
        AssertSame(alarms[0], found[0]);
        AssertSame(alarms[1], found[1]);
        RegressionMetrics regression = _model.MeasureRegression(_data, "Value");
        Assert.Equal((values.Count, values.RootMeanSquaredError, values.R2), (regression.Count, regression.RootMeanSquaredError, regression.R2));

        // And with the scores.
        IReadOnlyDictionary<string, Score> scores = _model.EvaluateHeads(_data);
        Assert.Equal(scores["Kind"].Accuracy, kinds.Accuracy, 1e-12);
        Assert.Equal(scores["Whole"].Accuracy, wholes.Accuracy, 1e-12);
        Assert.Equal(scores["Value"].Count, regression.Count);

        static void AssertSame(ClassMetrics expected, ClassMetrics found)
        {
            Assert.Equal(expected.Count, found.Count);
            for (int target = 0; target < expected.Classes; target++)
            {
                Assert.Equal(expected.Auc(target), found.Auc(target));
                Assert.Equal(Enumerable.Range(0, expected.Classes).Select(p => expected.Confusion(target, p)), Enumerable.Range(0, expected.Classes).Select(p => found.Confusion(target, p)));
            }
        }
    }

    [Fact]
    public void Wrong_calls()
    {
        Refused("Expected the name of a head, 'Kind' or 'Value' or 'Alarms' or 'Whole', found 'Memory'.", "head", () => _model.MeasureClasses(_data, "Memory"));
        Refused("Expected a [Linear] head, found 'Kind', a [Softmax].", "head", () => _model.MeasureRegression(_data, "Kind"));
        Refused("Expected a [Sigmoid] head, found 'Value', a [Linear].", "head", () => _model.MeasureYesOrNo(_data, "Value"));
        Assert.Throws<ArgumentNullException>("head", () => _model.MeasureClasses(_data, null!));
        Refused("There are no windows", "data", () => _model.EvaluateHeads(new Sequences<float, FourHeads.WindowTargets>([], [])));
        Refused("Window 1: ", null, () => _model.EvaluateHeads(new Sequences<float, FourHeads.WindowTargets>([new float[3], new float[4]], [[default], [default]])));
        Refused("Window 1, row 2: The probability of class 0 is NaN.", "data", () => _model.MeasureClasses(Bad(), "Kind"));
        Refused("Window 1, row 2: Output 0 is NaN.", "data", () => _model.MeasureYesOrNo(Bad(), "Alarms"));
        Refused("Window 1, row 0: Output 0 is NaN.", "data", () => _model.MeasureRegression(Bad(), "Value"));

        static Sequences<float, FourHeads.WindowTargets> Bad() => new(
            [new float[9], [0, 0, 0, 0, 0, 0, float.NaN, 0, 0]],
            [[default], [new((int[])[0, 0, 0], new float[2], new float[6], (int[])[0])]]);

        static void Refused(string message, string? argument, Action call)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
            Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
            Assert.Equal(argument, exception.ParamName);
        }
    }
}
