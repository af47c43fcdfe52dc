using RnnGen;

/// <summary>Knows what is to be drawn, sees how the pen moves, and says how every next movement is distributed.</summary>
[RnnModel(inputSize: Drawing.PenSize + Shapes.Count, sequenceLength: Drawing.Longest, BatchSize = 32)]
public sealed partial class Sketcher
{
    private const int Components = 10;

    /// <summary>The memory.</summary>
    [Lstm(96)]
    public partial Layer Memory { get; }

    /// <summary>The way to the next point, whether the pen is lifted there, and whether the drawing ends there.</summary>
    [Mixture(Components, 2, Covariance = Covariance.Full, Binary = 2, From = [nameof(Memory), Layer.Input])]
    public partial Layer Next { get; }

    /// <summary>
    /// Before training, gives each component a direction of its own. If all of them begin in the same place, one may stay between two directions that are equally
    /// likely, such as those of fish that look to the left and to the right.
    /// </summary>
    public void SpreadComponents()
    {
        var bias = new float[OutputSize];
        Span<float> means = bias.AsSpan(Components, 2 * Components);
        Span<float> logDeviations = bias.AsSpan(3 * Components, 2 * Components);
        for (int k = 0; k < Components; k++)
        {
            (means[2 * k], means[(2 * k) + 1]) = MathF.SinCos(2 * MathF.PI * k / Components);
        }

        logDeviations.Fill(-1);
        Next["bias"].CopyFrom(bias);
    }
}

/// <summary>Watches the pen and says in the end what it drew.</summary>
[RnnModel(inputSize: Drawing.PenSize, sequenceLength: Drawing.Longest, BatchSize = 32)]
public sealed partial class Guesser
{
    /// <summary>The memory; only its state after the last point goes on.</summary>
    [Gru(32, ReturnSequences = false)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the kinds.</summary>
    [Softmax(Shapes.Count)]
    public partial Layer Kind { get; }
}
