using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// A distribution for the elements of a tensor. For a tensor of shape [rows, columns], as PyTorch stores it, fan-in is the number of columns and fan-out
/// the number of rows; the gates of one tensor are not separated.
/// </summary>
public readonly record struct Initializer
{
    private readonly Kind _kind;
    private readonly float _scale;

    private Initializer(Kind kind, float scale)
    {
        if (!float.IsFinite(scale))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "Must be finite.");
        }

        _kind = kind;
        _scale = scale;
    }

    private enum Kind
    {
        Constant,
        Uniform,
        Normal,
        XavierUniform,
        XavierNormal,
        HeUniform,
        HeNormal,
        Orthogonal,
    }

    /// <summary>One value for all elements.</summary>
    /// <param name="value">The value; 0 by default.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static Initializer Constant(float value = 0) => new(Kind.Constant, value);

    /// <summary>Uniform in [-<paramref name="bound"/>, <paramref name="bound"/>).</summary>
    /// <param name="bound">The bound.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not finite.</exception>
    public static Initializer Uniform(float bound) => new(Kind.Uniform, bound);

    /// <summary>Normal with mean 0.</summary>
    /// <param name="deviation">The standard deviation.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is not finite.</exception>
    public static Initializer Normal(float deviation) => new(Kind.Normal, deviation);

    /// <summary>Uniform with bound <c>gain · √(6 / (fan-in + fan-out))</c> (Glorot and Bengio 2010): PyTorch's <c>xavier_uniform_</c>.</summary>
    /// <param name="gain">The gain; 1 by default.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public static Initializer XavierUniform(float gain = 1) => new(Kind.XavierUniform, gain);

    /// <summary>Normal with standard deviation <c>gain · √(2 / (fan-in + fan-out))</c> (Glorot and Bengio 2010): PyTorch's <c>xavier_normal_</c>.</summary>
    /// <param name="gain">The gain; 1 by default.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public static Initializer XavierNormal(float gain = 1) => new(Kind.XavierNormal, gain);

    /// <summary>Uniform with bound <c>√(6 / fan-in)</c> (He et al. 2015): PyTorch's <c>kaiming_uniform_</c>.</summary>
    /// <returns>The distribution.</returns>
    public static Initializer HeUniform() => new(Kind.HeUniform, 1);

    /// <summary>Normal with standard deviation <c>√(2 / fan-in)</c> (He et al. 2015): PyTorch's <c>kaiming_normal_</c>.</summary>
    /// <returns>The distribution.</returns>
    public static Initializer HeNormal() => new(Kind.HeNormal, 1);

    /// <summary>
    /// Orthogonal rows of length <paramref name="gain"/> or, if there are more rows than columns, such columns
    /// (Saxe, McClelland and Ganguli 2014): PyTorch's <c>orthogonal_</c>.
    /// </summary>
    /// <param name="gain">The gain; 1 by default.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public static Initializer Orthogonal(float gain = 1) => new(Kind.Orthogonal, gain);

    /// <summary>Fills a tensor.</summary>
    /// <exception cref="ArgumentException">The distribution is for matrices, and the tensor is a vector.</exception>
    internal void Fill(ref RandomStream random, ReadOnlySpan<int> shape, Span<float> values)
    {
        if (_kind >= Kind.XavierUniform && shape.Length < 2)
        {
            throw new ArgumentException($"{_kind} is for matrices; a tensor with one dimension has no fan-in.");
        }

        double fanIn = shape[^1];
        double fanOut = shape[0];
        switch (_kind)
        {
            case Kind.Constant:
                values.Fill(_scale);
                break;
            case Kind.Uniform:
                FillUniform(ref random, values, _scale);
                break;
            case Kind.Normal:
                FillNormal(ref random, values, _scale);
                break;
            case Kind.XavierUniform:
                FillUniform(ref random, values, (float)(_scale * Math.Sqrt(6 / (fanIn + fanOut))));
                break;
            case Kind.XavierNormal:
                FillNormal(ref random, values, (float)(_scale * Math.Sqrt(2 / (fanIn + fanOut))));
                break;
            case Kind.HeUniform:
                FillUniform(ref random, values, (float)Math.Sqrt(6 / fanIn));
                break;
            case Kind.HeNormal:
                FillNormal(ref random, values, (float)Math.Sqrt(2 / fanIn));
                break;
            default:
                OrthogonalMatrix.Fill(ref random, shape[0], shape[1], _scale, values);
                break;
        }
    }

    private static void FillUniform(ref RandomStream random, Span<float> values, float bound)
    {
        foreach (ref float value in values)
        {
            value = random.NextUniform(bound);
        }
    }

    private static void FillNormal(ref RandomStream random, Span<float> values, float deviation)
    {
        foreach (ref float value in values)
        {
            value = random.NextNormal() * deviation;
        }
    }
}
