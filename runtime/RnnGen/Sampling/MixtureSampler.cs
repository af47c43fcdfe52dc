using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// Draws points from the outputs of a <see cref="MixtureAttribute"/>. The same seed, stream and outputs give the same points, but for rounding errors of the
/// machine's functions. It allocates nothing after construction, and must not be used by two threads at the same time.
/// </summary>
public sealed class MixtureSampler
{
    private readonly MixtureHead _head;
    private readonly float[] _outputs;
    private readonly float[] _weights;
    private RandomStream _random;
    private float _temperature = 1;
    private float _bias;

    /// <summary>Draws from the outputs of a head.</summary>
    /// <param name="head">The head, such as <c>model.Next</c>.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="stream">Distinguishes samplers of the same seed: each stream has different random numbers. At least 0.</param>
    /// <exception cref="ArgumentException">The layer is no <see cref="MixtureAttribute"/>, or <paramref name="stream"/> is negative.</exception>
    public MixtureSampler(Layer head, int seed, int stream = 0)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentOutOfRangeException.ThrowIfNegative(stream);
        if (head.Declaration is not MixtureAttribute mixture)
        {
            throw new ArgumentException($"Expected a [Mixture] head, found '{head.Name}', a {head.Attribute}.", nameof(head));
        }

        _head = mixture.Head;
        _outputs = new float[_head.Size];
        _weights = new float[_head.Components];
        _random = new RandomStream(seed, stream);
    }

    /// <summary>Number of outputs that a point is drawn from: the size of the head.</summary>
    public int OutputSize => _head.Size;

    /// <summary>Length of a point: the dimensions of the head and its yes-or-no outputs.</summary>
    public int PointSize => _head.Dimensions + _head.Binary;

    /// <summary>
    /// Weights of components and yes-or-no outputs are raised to the power of 1 / temperature, variances multiplied by the temperature (Ha and Eck 2018): values
    /// below 1 favor what is likely; 0 always takes <see cref="MostLikely"/>. Finite, at least 0; 1 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Temperature
    {
        get => _temperature;
        set => _temperature = value is >= 0 and < float.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "Must be finite and at least 0.");
    }

    /// <summary>
    /// The probability bias b (Graves 2013): weights of components are raised to the power of 1 + b, standard deviations multiplied by exp(-b); neater samples,
    /// the larger it is. Finite, at least 0; 0 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Bias
    {
        get => _bias;
        set => _bias = value is >= 0 and < float.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Bias), value, "Must be finite and at least 0.");
    }

    /// <summary>Room for the outputs of a step.</summary>
    internal Span<float> Outputs => _outputs;

    /// <summary>The component with the largest weight; of equal ones, the first.</summary>
    /// <param name="outputs">The outputs of the head, [OutputSize].</param>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">The length is wrong, or a weight is negative or not finite.</exception>
    public int MostLikelyComponent(ReadOnlySpan<float> outputs)
    {
        Check.Length(outputs.Length, OutputSize, nameof(outputs));
        return Sampler.MostLikely(outputs[.._head.Components]);
    }

    /// <summary>The mean of the component with the largest weight, and the more likely answers: 1 from one half on. Allocates nothing.</summary>
    /// <param name="outputs">The outputs of the head, [OutputSize].</param>
    /// <param name="point">Receives the point, [PointSize].</param>
    /// <exception cref="ArgumentException">A length is wrong, or a weight is negative or not finite.</exception>
    public void MostLikely(ReadOnlySpan<float> outputs, Span<float> point)
    {
        Check.Length(point.Length, PointSize, nameof(point));
        int component = MostLikelyComponent(outputs);
        Mean(outputs, component).CopyTo(point);
        for (int k = 0; k < _head.Binary; k++)
        {
            point[_head.Dimensions + k] = outputs[_head.FirstBinary + k] >= 0.5f ? 1 : 0;
        }
    }

    /// <summary>Draws a point. Allocates nothing.</summary>
    /// <param name="outputs">The outputs of the head, [OutputSize].</param>
    /// <param name="point">Receives the point and, for each yes-or-no output, 0 or 1; [PointSize].</param>
    /// <exception cref="ArgumentException">A length is wrong, or a weight is negative or not finite.</exception>
    public void Next(ReadOnlySpan<float> outputs, Span<float> point)
    {
        if (Temperature == 0)
        {
            MostLikely(outputs, point);
            return;
        }

        Check.Length(point.Length, PointSize, nameof(point));
        int component = NextComponent(outputs);
        ReadOnlySpan<float> mean = Mean(outputs, component);
        ReadOnlySpan<float> deviations = outputs.Slice(_head.FirstDeviation + (component * _head.Dimensions), _head.Dimensions);
        double scale = PortableMath.Exp(-Bias) * Math.Sqrt(Temperature);
        double before = 0;
        for (int d = 0; d < point.Length - _head.Binary; d++)
        {
            double normal = _random.NextNormal();
            if (d == 1 && _head.IsFull)
            {
                double correlation = outputs[_head.FirstCorrelation + component];
                normal = (correlation * before) + (Math.Sqrt(Math.Max(0, 1 - (correlation * correlation))) * normal);
            }

            point[d] = (float)(mean[d] + (scale * deviations[d] * normal));
            before = normal;
        }

        for (int k = 0; k < _head.Binary; k++)
        {
            double yes = PortableMath.Power(outputs[_head.FirstBinary + k], 1 / Temperature);
            double no = PortableMath.Power(1 - outputs[_head.FirstBinary + k], 1 / Temperature);
            point[_head.Dimensions + k] = _random.NextDouble() * (yes + no) < yes ? 1 : 0;
        }
    }

    private ReadOnlySpan<float> Mean(ReadOnlySpan<float> outputs, int component) =>
        outputs.Slice(_head.FirstMean + (component * _head.Dimensions), _head.Dimensions);

    private int NextComponent(ReadOnlySpan<float> outputs)
    {
        // Relative to the largest weight, so that no power of it underflows.
        float most = outputs[MostLikelyComponent(outputs)];
        double sum = 0;
        for (int k = 0; k < _weights.Length; k++)
        {
            _weights[k] = (float)PortableMath.Power(outputs[k] / (double)most, (1 + Bias) / Temperature);
            sum += _weights[k];
        }

        double rest = _random.NextDouble() * sum;
        int component = 0;
        for (; component < _weights.Length - 1 && rest >= _weights[component]; component++)
        {
            rest -= _weights[component];
        }

        return component;
    }
}
