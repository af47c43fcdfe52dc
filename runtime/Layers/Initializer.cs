using System.ComponentModel;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>The distribution that an untrained tensor is drawn from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Initializer
{
    private readonly float _scale;
    private readonly bool _isNormal;

    private Initializer(float scale, bool isNormal)
    {
        _scale = scale;
        _isNormal = isNormal;
    }

    /// <summary>Uniform in [-<paramref name="bound"/>, <paramref name="bound"/>).</summary>
    /// <param name="bound">The bound.</param>
    /// <returns>The distribution.</returns>
    public static Initializer Uniform(float bound) => new(bound, isNormal: false);

    /// <summary>Normal with mean 0.</summary>
    /// <param name="deviation">The standard deviation.</param>
    /// <returns>The distribution.</returns>
    public static Initializer Normal(float deviation) => new(deviation, isNormal: true);

    internal void Fill(ref RandomStream random, Span<float> values)
    {
        foreach (ref float value in values)
        {
            value = _isNormal ? random.NextNormal() * _scale : random.NextUniform(_scale);
        }
    }
}
