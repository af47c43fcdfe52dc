using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// Draws tokens from a model's probabilities. The same seed, stream and probabilities give the same tokens on every machine. It allocates
/// nothing after construction, and must not be used by two threads at the same time.
/// </summary>
public sealed class Sampler
{
    private readonly float[] _probabilities;
    private readonly int[] _order;
    private readonly double[] _weights;
    private readonly float[] _logitBiases;

    // Created once: sorting a span does not allocate only if the delegate exists already.
    private readonly Comparison<int> _moreLikely;
    private RandomStream _random;
    private float _temperature = 1;
    private float _topP = 1;
    private int? _topK;
    private bool _hasBiases;

    /// <summary>Creates a sampler and allocates its memory.</summary>
    /// <param name="size">Number of probabilities: the model's OutputSize. At least 1.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    /// <param name="stream">Distinguishes samplers of the same seed: each stream has different random numbers. At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> or <paramref name="stream"/> is out of range.</exception>
    public Sampler(int size, int seed, int stream = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(stream);
        _probabilities = new float[size];
        _order = new int[size];
        _weights = new double[size];
        _logitBiases = new float[size];
        _moreLikely = MoreLikely;
        _random = new RandomStream(seed, stream);
    }

    /// <summary>
    /// Probabilities are raised to the power of 1 / temperature: values below 1 favor likely tokens, values above 1 unlikely ones; 0 always takes the most
    /// likely token. Finite, at least 0; 1 by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Temperature
    {
        get => _temperature;
        set => _temperature = value is >= 0 and < float.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "Must be finite and at least 0.");
    }

    /// <summary>Only this many of the most likely tokens can be drawn, at least 1. Null, the default, for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? TopK
    {
        get => _topK;
        set => _topK = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(TopK), value, "Must be at least 1.");
    }

    /// <summary>
    /// Nucleus sampling (Holtzman et al. 2020): only the smallest set of the most likely tokens whose probabilities add up to this value can be drawn, after
    /// temperature and <see cref="TopK"/>. Greater than 0, at most 1; 1, the default, for all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float TopP
    {
        get => _topP;
        set => _topP = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(TopP), value, "Must be greater than 0 and at most 1.");
    }

    /// <summary>
    /// Sets the bias of a token, which is added to its logit before temperature, <see cref="TopK"/> and <see cref="TopP"/>: log(2) = 0.69 makes it twice as likely
    /// relative to others, a negative one less likely. A token whose probability is 0 stays excluded.
    /// </summary>
    /// <param name="token">The token, in 0 .. size - 1.</param>
    /// <param name="bias">The bias: finite, or negative infinity, which bans the token; 0, the value at first, for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token, or the bias is NaN or positive infinity; nothing was changed.</exception>
    public void SetLogitBias(int token, float bias)
    {
        Check.Token(token, _logitBiases.Length, nameof(token));
        if (!(bias < float.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(bias), bias, "Must be finite, or negative infinity to ban the token.");
        }

        _logitBiases[token] = bias;
        _hasBiases |= bias != 0;
    }

    /// <summary>Bans tokens: they are never drawn. <see cref="SetLogitBias"/> of 0 allows a token again.</summary>
    /// <param name="tokens">The tokens, each in 0 .. size - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token; nothing was changed.</exception>
    public void Ban(params ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            Check.Token(token, _logitBiases.Length, nameof(tokens));
        }

        foreach (int token in tokens)
        {
            SetLogitBias(token, float.NegativeInfinity);
        }
    }

    /// <summary>Bans a range of tokens: <c>sampler.Ban(vocabulary.Size..)</c> bans those of a model that its vocabulary does not have.</summary>
    /// <param name="tokens">The range, in 0 .. size; it may be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in that range; nothing was changed.</exception>
    public void Ban(Range tokens)
    {
        (int start, int end) = Check.Tokens(tokens, _logitBiases.Length, nameof(tokens));
        for (int token = start; token < end; token++)
        {
            SetLogitBias(token, float.NegativeInfinity);
        }
    }

    /// <summary>Sets all biases to 0, and so allows banned tokens again.</summary>
    public void ClearLogitBiases()
    {
        _logitBiases.AsSpan().Clear();
        _hasBiases = false;
    }

    /// <summary>The most likely token; of equally likely ones, the first.</summary>
    /// <param name="probabilities">The probabilities, at least one.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">There are no probabilities, or one is negative or not finite.</exception>
    public static int MostLikely(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            if (!(probabilities[k] is >= 0 and < float.PositiveInfinity))
            {
                throw new ArgumentException($"A probability must be finite and not negative, found {probabilities[k]}.", nameof(probabilities));
            }

            best = probabilities[k] > probabilities[best] ? k : best;
        }

        return probabilities.Length > 0 ? best : throw new ArgumentException("Expected at least one probability, found none.", nameof(probabilities));
    }

    /// <summary>Draws a token.</summary>
    /// <param name="probabilities">One number per token, finite, not negative, not all 0. They need not add up to 1; 0 excludes a token.</param>
    /// <returns>The token.</returns>
    /// <exception cref="ArgumentException">
    /// The length is wrong, all probabilities are 0, or all of tokens that are not banned, or one is negative or not finite.
    /// </exception>
    public int Next(ReadOnlySpan<float> probabilities)
    {
        Check.Length(probabilities.Length, _weights.Length, nameof(probabilities));
        int best = MostLikely(probabilities);
        if (probabilities[best] <= 0)
        {
            throw new ArgumentException($"Expected at least one that is greater than 0, found {probabilities.Length} zeros.", nameof(probabilities));
        }

        best = _hasBiases ? AddBiases(probabilities) : best;
        if (Temperature == 0)
        {
            return best;
        }

        Weigh(probabilities, best);
        int count = _weights.Length;
        if (TopK < count || TopP < 1)
        {
            _order.AsSpan().Sort(_moreLikely);
            count = Nucleus(Math.Min(TopK ?? count, count));
        }

        return Draw(_order.AsSpan(0, count));
    }

    /// <summary>Whether no token can be drawn, whatever the probabilities.</summary>
    internal bool BansAll => !_logitBiases.AsSpan().ContainsAnyExcept(float.NegativeInfinity);

    /// <summary>A buffer for the probabilities of one step, for callers that have none.</summary>
    internal Span<float> Probabilities => _probabilities;

    /// <summary>Replaces the weights by the logarithms of the probabilities plus their biases.</summary>
    /// <returns>The first of the largest.</returns>
    private int AddBiases(ReadOnlySpan<float> probabilities)
    {
        int best = 0;
        for (int k = 0; k < _weights.Length; k++)
        {
            _weights[k] = PortableMath.Log(probabilities[k]) + _logitBiases[k];
            best = _weights[k] > _weights[best] ? k : best;
        }

        return _weights[best] > double.NegativeInfinity
            ? best
            : throw new ArgumentException("Expected at least one token that is not banned and has a probability greater than 0, found none.", nameof(probabilities));
    }

    /// <summary>The weights at the temperature, relative to the largest one, so that no power of it overflows or underflows.</summary>
    private void Weigh(ReadOnlySpan<float> probabilities, int best)
    {
        (double largest, double logarithm) = (probabilities[best], _weights[best]);
        for (int k = 0; k < _weights.Length; k++)
        {
            double share = probabilities[k] / largest;
            _weights[k] = _hasBiases ? PortableMath.Exp((_weights[k] - logarithm) / Temperature)
                : Temperature == 1 ? share
                : PortableMath.Power(share, 1.0 / Temperature);
            _order[k] = k;
        }
    }

    /// <summary>The number of most likely tokens whose probabilities add up to <see cref="TopP"/>.</summary>
    private int Nucleus(int count)
    {
        double limit = Sum(_order.AsSpan(0, count)) * TopP;
        double sum = 0;
        for (int k = 0; k < count; k++)
        {
            sum += _weights[_order[k]];
            if (sum >= limit)
            {
                return k + 1;
            }
        }

        return count;
    }

    private double Sum(ReadOnlySpan<int> tokens)
    {
        double sum = 0;
        foreach (int token in tokens)
        {
            sum += _weights[token];
        }

        return sum;
    }

    private int Draw(ReadOnlySpan<int> tokens)
    {
        double point = _random.NextDouble() * Sum(tokens);
        int last = 0;
        foreach (int token in tokens)
        {
            if (_weights[token] > 0)
            {
                last = token;
                point -= _weights[token];
                if (point < 0)
                {
                    break;
                }
            }
        }

        return last;
    }

    private int MoreLikely(int a, int b)
    {
        int order = _weights[b].CompareTo(_weights[a]);
        return order != 0 ? order : a.CompareTo(b);
    }
}
