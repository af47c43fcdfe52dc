using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RnnGen.Tests.Models;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Metrics;

/// <summary>Metrics against those of scikit-learn (make_metrics.py), and of models against those by hand.</summary>
public sealed class MetricsTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(), "metrics.json"))).RootElement;

    public static TheoryData<int> ClassCases => [.. Enumerable.Range(0, Golden.GetProperty("classes").GetArrayLength())];

    public static TheoryData<int> RegressionCases => [.. Enumerable.Range(0, Golden.GetProperty("regression").GetArrayLength())];

    [Theory]
    [MemberData(nameof(ClassCases))]
    public void Classes_as_in_scikit_learn(int index)
    {
        JsonElement golden = Golden.GetProperty("classes")[index];
        int classes = golden.GetProperty("classes").GetInt32();
        int[] targets = [.. Numbers(golden, "targets").Select(t => (int)t)];
        float[] probabilities = [.. Numbers(golden, "probabilities").Select(p => (float)p)];
        var metrics = new ClassMetrics(classes);
        for (int k = 0; k < targets.Length; k++)
        {
            metrics.Add(probabilities.AsSpan(k * classes, classes), targets[k]);
            metrics.Add(probabilities.AsSpan(k * classes, classes), target: -1);
        }

        Assert.Equal(targets.Length, metrics.Count);
        Assert.Equal(golden.GetProperty("accuracy").GetDouble(), metrics.Accuracy, 1e-6);
        Assert.Equal(Numbers(golden, "macro"), [metrics.MacroPrecision, metrics.MacroRecall, metrics.MacroF1], Near);
        Assert.Equal(Numbers(golden, "confusion"), Labels().SelectMany(t => Labels().Select(p => (double)metrics.Confusion(t, p))));
        Assert.Equal(Numbers(golden, "precision"), Labels().Select(metrics.Precision), Near);
        Assert.Equal(Numbers(golden, "recall"), Labels().Select(metrics.Recall), Near);
        Assert.Equal(Numbers(golden, "f1"), Labels().Select(metrics.F1), Near);
        Assert.Equal(Numbers(golden, "auc"), Labels().Select(metrics.Auc), Near);

        IEnumerable<int> Labels() => Enumerable.Range(0, classes);
    }

    [Theory]
    [MemberData(nameof(RegressionCases))]
    public void Regression_as_in_scikit_learn(int index)
    {
        JsonElement golden = Golden.GetProperty("regression")[index];
        int outputs = golden.GetProperty("outputs").GetInt32();
        float[] targets = [.. Numbers(golden, "targets").Select(t => (float)t)];
        float[] values = [.. Numbers(golden, "values").Select(y => (float)y)];
        var metrics = new RegressionMetrics(outputs);
        for (int row = 0; row < targets.Length; row += outputs)
        {
            metrics.Add(values.AsSpan(row, outputs), targets.AsSpan(row, outputs));
            metrics.Add(values.AsSpan(row, outputs), [.. Enumerable.Repeat(float.NaN, outputs)]);
        }

        Assert.Equal(targets.Length, metrics.Count);
        Assert.Equal(golden.GetProperty("mae").GetDouble(), metrics.MeanAbsoluteError, 1e-6);
        Assert.Equal(golden.GetProperty("rmse").GetDouble(), metrics.RootMeanSquaredError, 1e-6);
        Assert.Equal(golden.GetProperty("r2").GetDouble(), metrics.R2, 1e-6);
        Assert.Equal(Numbers(golden, "maes"), Enumerable.Range(0, outputs).Select(metrics.MeanAbsoluteErrorOf), Near);
        Assert.Equal(Numbers(golden, "rmses"), Enumerable.Range(0, outputs).Select(metrics.RootMeanSquaredErrorOf), Near);
        Assert.Equal(Numbers(golden, "r2s"), Enumerable.Range(0, outputs).Select(metrics.R2Of), Near);
    }

    [Fact]
    public void Of_models()
    {
        var random = new Random(1);
        float[][] inputs = [.. Enumerable.Range(0, 20).Select(k => Enumerable.Range(0, 3 * (1 + (k % 6))).Select(_ => random.NextSingle()).ToArray())];

        var classes = new LastClass(seed: 1);
        var labels = new Sequences<float, int>(inputs, inputs.Select(_ => (int[])[random.Next(-1, 5)]));
        ClassMetrics ofClasses = classes.MeasureClasses(labels);
        Assert.Equal(classes.Evaluate(labels).Count, ofClasses.Count);
        Assert.Equal(classes.Evaluate(labels).Accuracy, ofClasses.Accuracy, 1e-12);

        var bits = new ManyBits(seed: 1);
        var answers = new Sequences<float, float>(inputs, inputs.Select(x => Enumerable.Range(0, x.Length / 3 * 19).Select(_ => (float)random.Next(2)).ToArray()));
        ClassMetrics[] ofBits = bits.MeasureYesOrNo(answers);
        Assert.Equal(19, ofBits.Length);
        Assert.Equal(bits.Evaluate(answers).Accuracy, ofBits.Average(metrics => metrics.Accuracy), 1e-12);

        var numbers = new SharedPlain(seed: 1);
        var values = new Sequences<float, float>([new float[8], new float[40]], [[1, float.NaN], [.. Enumerable.Repeat(2f, 10)]]);
        RegressionMetrics ofNumbers = numbers.MeasureRegression(values);
        Assert.Equal(11, ofNumbers.Count);
        Assert.Equal(Math.Sqrt(numbers.Evaluate(values).Loss), ofNumbers.RootMeanSquaredError, 1e-6);
    }

    [Fact]
    public void A_report_is_a_table_in_every_culture()
    {
        var metrics = new ClassMetrics(2);
        for (int k = 0; k < 12; k++)
        {
            metrics.Add(k < 3 ? [1, 0] : [0, 1], target: k < 4 ? 0 : 1);
        }

        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            const string Table = """
                class  precision  recall     F1  targets  as right  as left
                right      1.000   0.750  0.857        4         3        1
                left       0.889   1.000  0.941        8         0        8

                """;
            Assert.Equal(Table, metrics.Report("right", "left"));
            Assert.StartsWith("class  precision  recall     F1  targets  as 0  as 1\n0          1.000   0.750  0.857        4     3     1\n", metrics.Report(), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Throws<ArgumentException>("names", () => metrics.Report("right"));
    }

    [Fact]
    public void Wrong_calls()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassMetrics(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegressionMetrics(0));
        var metrics = new ClassMetrics(2);
        Assert.Throws<ArgumentException>(() => metrics.Add([1], 0));
        Assert.Throws<ArgumentException>(() => metrics.Add([1, float.NaN], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.Add([1, 0], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.Confusion(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.Auc(-1));
        var errors = new RegressionMetrics(2);
        Assert.Throws<ArgumentException>(() => errors.Add([1], [1, 2]));
        Assert.Contains("Output 1 is NaN", Assert.Throws<ArgumentException>(() => errors.Add([1, float.NaN], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => errors.R2Of(2));
        Assert.Equal((0, 0), (metrics.Count, errors.Count));
        Assert.True(double.IsNaN(metrics.Accuracy) && double.IsNaN(metrics.MacroF1) && double.IsNaN(metrics.Auc(0)) && double.IsNaN(errors.R2) && double.IsNaN(errors.MeanAbsoluteError));

        var model = new SharedPlain(seed: 1);
        Assert.Contains("[Sigmoid] head, found 'Linear'", Assert.Throws<ArgumentException>(() => model.MeasureYesOrNo(new Sequences<float, float>([new float[4]], [[1]]))).Message, StringComparison.Ordinal);
        Assert.Contains("Window 1:", Assert.Throws<ArgumentException>(() => model.MeasureRegression(new Sequences<float, float>([new float[4], new float[5]], [[1], [1]]))).Message, StringComparison.Ordinal);
    }

    private static double[] Numbers(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().Select(number => number.ValueKind == JsonValueKind.Null ? double.NaN : number.GetDouble())];

    private static bool Near(double expected, double found) => expected.Equals(found) || Math.Abs(expected - found) <= 1e-6;

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
