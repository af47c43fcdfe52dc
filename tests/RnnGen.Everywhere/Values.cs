using System.Buffers.Binary;

namespace RnnGen.Everywhere;

/// <summary>The results of a case, in the order in which they were computed.</summary>
internal sealed class Values
{
    private readonly List<float> _values = [];

    public int Count => _values.Count;

    public void Add(float value) => _values.Add(value);

    public void Add(ReadOnlySpan<float> values) => _values.AddRange(values);

    /// <summary>Adds tokens, which are small enough to be exact as floats.</summary>
    public void Add(ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            Add(token);
        }
    }

    /// <summary>The values as bytes, little endian, so that all machines have the same.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[_values.Count * sizeof(float)];
        for (int k = 0; k < _values.Count; k++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(k * sizeof(float)), _values[k]);
        }

        return bytes;
    }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of some bytes.</summary>
    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(Sha256.Hash(bytes).AsSpan(0, 8));

    public double Sum() => _values.Sum(value => (double)value);

    public double Largest() => _values.Max(value => Math.Abs((double)value));

    /// <exception cref="InvalidOperationException">There are no results, or one is not a number.</exception>
    public void Check()
    {
        if (_values.Count == 0 || !_values.TrueForAll(float.IsFinite))
        {
            throw new InvalidOperationException($"{_values.Count} results, {_values.Count(value => !float.IsFinite(value))} of them not finite.");
        }
    }
}
