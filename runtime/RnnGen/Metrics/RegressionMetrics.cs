using System.Globalization;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>How far numbers were off: absolute and squared errors, and the share of the variance that was explained, for each output. Equal to scikit-learn's.</summary>
public sealed class RegressionMetrics
{
    private readonly Sums[] _outputs;

    /// <summary>Begins without targets.</summary>
    /// <param name="outputs">Number of outputs, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputs"/> is less than 1.</exception>
    public RegressionMetrics(int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        _outputs = new Sums[outputs];
    }

    /// <summary>Number of outputs.</summary>
    public int Outputs => _outputs.Length;

    /// <summary>Number of targets so far, over all outputs, without ignored ones.</summary>
    public long Count => _outputs.Sum(sums => sums.Count);

    /// <summary>The mean of <see cref="MeanAbsoluteErrorOf"/> over all outputs; NaN if one has no targets.</summary>
    public double MeanAbsoluteError => _outputs.Average(sums => sums.MeanAbsoluteError);

    /// <summary>The square root of the mean squared error over all outputs; NaN if one has no targets.</summary>
    public double RootMeanSquaredError => Math.Sqrt(_outputs.Average(sums => sums.MeanSquaredError));

    /// <summary>The mean of <see cref="R2Of"/> over all outputs; NaN if one is NaN.</summary>
    public double R2 => _outputs.Average(sums => sums.R2);

    /// <summary>Adds the targets of one row.</summary>
    /// <param name="outputs">What was predicted, [Outputs].</param>
    /// <param name="targets">What was right, [Outputs]; NaN is ignored.</param>
    /// <exception cref="ArgumentException">A length is wrong, or the output for a target is NaN; nothing was added.</exception>
    public void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        CompilerServices.Check.Length(outputs.Length, Outputs, nameof(outputs));
        CompilerServices.Check.Length(targets.Length, Outputs, nameof(targets));
        for (int k = 0; k < outputs.Length; k++)
        {
            if (float.IsNaN(outputs[k]) && !float.IsNaN(targets[k]))
            {
                throw new ArgumentException($"Output {k} is NaN.", nameof(outputs));
            }
        }

        for (int k = 0; k < outputs.Length; k++)
        {
            if (!float.IsNaN(targets[k]))
            {
                _outputs[k].Add(outputs[k], targets[k]);
            }
        }
    }

    /// <summary>The mean distance between an output and its targets; NaN without targets.</summary>
    /// <param name="output">The output.</param>
    /// <returns>In the unit of the target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public double MeanAbsoluteErrorOf(int output) => Of(output).MeanAbsoluteError;

    /// <summary>The square root of the mean squared distance between an output and its targets; NaN without targets.</summary>
    /// <param name="output">The output.</param>
    /// <returns>In the unit of the target.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public double RootMeanSquaredErrorOf(int output) => Math.Sqrt(Of(output).MeanSquaredError);

    /// <summary>The coefficient of determination, 1 - Σ(y - t)² / Σ(t - mean t)²: 1 is perfect, 0 is as good as the mean of the targets.</summary>
    /// <param name="output">The output.</param>
    /// <returns>At most 1; NaN without targets, or if all of them are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public double R2Of(int output) => Of(output).R2;

    /// <summary>The most important numbers in one line.</summary>
    /// <returns>The text, the same in every culture.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"mean absolute error {MeanAbsoluteError:G4}, root mean squared error {RootMeanSquaredError:G4}, R² {R2:0.0000}, {Count} targets");

    private Sums Of(int output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, Outputs);
        return _outputs[output];
    }

    private struct Sums
    {
        private double _absolute;
        private double _squared;
        private RunningVariance _targets;

        public readonly long Count => _targets.Count;

        public readonly double MeanAbsoluteError => _absolute / Count;

        public readonly double MeanSquaredError => _squared / Count;

        public readonly double R2 => _targets.Squares == 0 ? double.NaN : 1 - (_squared / _targets.Squares);

        public void Add(double output, double target)
        {
            double error = output - target;
            _absolute += Math.Abs(error);
            _squared += error * error;
            _targets.Add(target);
        }
    }
}
