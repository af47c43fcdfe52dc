using System.Globalization;

namespace RnnGen;

/// <summary>
/// How well classes were predicted: accuracy, precision, recall, F1, confusion matrix, area under the ROC curve. Numbers equal scikit-learn's (with
/// <c>zero_division=0</c>). Keeps the probabilities of all targets, for the area.
/// </summary>
public sealed class ClassMetrics
{
    private readonly long[] _confusion;
    private readonly List<float> _probabilities = [];
    private readonly List<int> _targets = [];

    /// <summary>Begins without targets.</summary>
    /// <param name="classes">Number of classes, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is less than 2.</exception>
    public ClassMetrics(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Classes = classes;
        _confusion = new long[(long)classes * classes];
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of targets so far, without ignored ones.</summary>
    public int Count => _targets.Count;

    /// <summary>The proportion of targets whose class was the most probable one; NaN without targets.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(label => Confusion(label, label)) / Count;

    /// <summary>The mean of the precisions of the classes that occur among targets or predictions; NaN without targets.</summary>
    public double MacroPrecision => Macro(Precision);

    /// <summary>The mean of the recalls of these classes.</summary>
    public double MacroRecall => Macro(Recall);

    /// <summary>The mean of the F1 scores of these classes.</summary>
    public double MacroF1 => Macro(F1);

    /// <summary>Adds a target.</summary>
    /// <param name="probabilities">What was predicted, [Classes]: the first one of the largest is the answer.</param>
    /// <param name="target">The right class; a negative one is ignored.</param>
    /// <exception cref="ArgumentException">The length is wrong, or a probability is NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void Add(ReadOnlySpan<float> probabilities, int target)
    {
        CompilerServices.Check.Length(probabilities.Length, Classes, nameof(probabilities));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, Classes);
        int answer = 0;
        for (int label = 0; label < Classes; label++)
        {
            if (float.IsNaN(probabilities[label]))
            {
                throw new ArgumentException($"The probability of class {label} is NaN.", nameof(probabilities));
            }

            answer = probabilities[label] > probabilities[answer] ? label : answer;
        }

        if (target >= 0)
        {
            Add(probabilities, target, answer);
        }
    }

    /// <summary>Adds a target for which the answer is known.</summary>
    internal void Add(ReadOnlySpan<float> probabilities, int target, int answer)
    {
        _confusion[((long)target * Classes) + answer]++;
        _targets.Add(target);
        _probabilities.AddRange(probabilities);
    }

    /// <summary>How often a class was predicted where another one, or itself, was right.</summary>
    /// <param name="target">The right class.</param>
    /// <param name="predicted">The predicted one.</param>
    /// <returns>The count.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long Confusion(int target, int predicted)
    {
        Check(target, nameof(target));
        Check(predicted, nameof(predicted));
        return _confusion[((long)target * Classes) + predicted];
    }

    /// <summary>Of the predictions of a class, the proportion that was right; 0 if it was never predicted.</summary>
    /// <param name="label">The class.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int label) => Ratio(Confusion(label, label), Predicted(label));

    /// <summary>Of the targets of a class, the proportion that was predicted; 0 if there are none.</summary>
    /// <param name="label">The class.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int label) => Ratio(Confusion(label, label), Targets(label));

    /// <summary>The harmonic mean of <see cref="Precision"/> and <see cref="Recall"/>; 0 if both are 0.</summary>
    /// <param name="label">The class.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1(int label) => Ratio(2 * Confusion(label, label), Predicted(label) + Targets(label));

    /// <summary>
    /// The area under the ROC curve of a class against all others: how probable it is that a target of this class was given a larger probability of it
    /// than one of another class, where equal ones count half (Hanley and McNeil 1982).
    /// </summary>
    /// <param name="label">The class.</param>
    /// <returns>0 to 1, 0.5 by chance; NaN if there are no targets of the class or none of the others.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Auc(int label)
    {
        Check(label, nameof(label));
        var scores = new float[Count];
        var isOwn = new bool[Count];
        for (int k = 0; k < scores.Length; k++)
        {
            scores[k] = _probabilities[(k * Classes) + label];
            isOwn[k] = _targets[k] == label;
        }

        Array.Sort(scores, isOwn);
        double own = 0;
        double above = 0;
        for (int first = 0, next; first < scores.Length; first = next)
        {
            // Equal scores have the mean of their ranks.
            for (next = first + 1; next < scores.Length && scores[next] == scores[first];)
            {
                next++;
            }

            int count = isOwn.AsSpan(first..next).Count(true);
            above += count * (first - own + (0.5 * (next - first - count)));
            own += count;
        }

        return own == 0 || own == Count ? double.NaN : above / (own * (Count - own));
    }

    /// <summary>The most important numbers in one line.</summary>
    /// <returns>The text, the same in every culture.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"accuracy {Accuracy:0.0000}, macro F1 {MacroF1:0.0000}, {Count} targets, {Classes} classes");

    /// <summary>
    /// A table with one row per class: precision, recall, F1, number of targets, and the row of the confusion matrix, how often each class was predicted where this one was
    /// right.
    /// </summary>
    /// <param name="names">The names of the classes, [Classes]; none for their numbers.</param>
    /// <returns>Lines of text, the same in every culture.</returns>
    /// <exception cref="ArgumentException">There are some names, but not as many as classes.</exception>
    public string Report(params ReadOnlySpan<string> names)
    {
        CompilerServices.Check.LengthOrNone(names.Length, Classes, nameof(names));
        int[] labels = [.. Enumerable.Range(0, Classes)];
        string[] classes = names.IsEmpty ? Array.ConvertAll(labels, Text) : names.ToArray();
        string[][] rows =
        [
            ["class", "precision", "recall", "F1", "targets", .. classes.Select(name => "as " + name)],
            .. labels.Select(label => (string[])
                [classes[label], Share(Precision(label)), Share(Recall(label)), Share(F1(label)), Text(Targets(label)), .. labels.Select(predicted => Text(Confusion(label, predicted)))]),
        ];
        return string.Concat(TextTable.Lines(rows, isNumber: column => column > 0).Select(line => line + "\n"));

        static string Share(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
    }

    private static string Text(int label) => Text((long)label);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private long Predicted(int label) => Enumerable.Range(0, Classes).Sum(target => Confusion(target, label));

    private long Targets(int label) => Enumerable.Range(0, Classes).Sum(predicted => Confusion(label, predicted));

    private double Macro(Func<int, double> metric)
    {
        int[] occurring = [.. Enumerable.Range(0, Classes).Where(label => Predicted(label) + Targets(label) > 0)];
        return occurring.Length == 0 ? double.NaN : occurring.Average(metric);
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private void Check(int label, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Classes, name);
    }
}
