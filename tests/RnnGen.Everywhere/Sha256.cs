using System.Buffers.Binary;
using System.Numerics;

namespace RnnGen.Everywhere;

/// <summary>SHA-256 (FIPS 180-4). That of .NET needs OpenSSL on Linux, which a bare machine does not have.</summary>
internal static class Sha256
{
    private const int BlockSize = 64;

    // The fractional parts of the cube roots and of the square roots of the first primes.
    private static readonly uint[] Constants = [.. Primes(64).Select(prime => Fraction(prime, root: 3))];
    private static readonly uint[] Initial = [.. Primes(8).Select(prime => Fraction(prime, root: 2))];

    public static byte[] Hash(ReadOnlySpan<byte> bytes)
    {
        uint[] state = [.. Initial];
        int whole = bytes.Length / BlockSize * BlockSize;
        for (int start = 0; start < whole; start += BlockSize)
        {
            Add(state, bytes.Slice(start, BlockSize));
        }

        // The rest, a bit 1, zeros, and the length in bits.
        ReadOnlySpan<byte> rest = bytes[whole..];
        var last = new byte[rest.Length < BlockSize - 8 ? BlockSize : 2 * BlockSize];
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(last.AsSpan(last.Length - 8), (ulong)bytes.Length * 8);
        for (int start = 0; start < last.Length; start += BlockSize)
        {
            Add(state, last.AsSpan(start, BlockSize));
        }

        var hash = new byte[32];
        for (int k = 0; k < state.Length; k++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(4 * k), state[k]);
        }

        return hash;
    }

    private static void Add(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int k = 0; k < 16; k++)
        {
            w[k] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * k)..]);
        }

        for (int k = 16; k < w.Length; k++)
        {
            uint low = BitOperations.RotateRight(w[k - 15], 7) ^ BitOperations.RotateRight(w[k - 15], 18) ^ (w[k - 15] >> 3);
            uint high = BitOperations.RotateRight(w[k - 2], 17) ^ BitOperations.RotateRight(w[k - 2], 19) ^ (w[k - 2] >> 10);
            w[k] = w[k - 16] + low + w[k - 7] + high;
        }

        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        for (int k = 0; k < w.Length; k++)
        {
            uint first = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25)) + ((e & f) ^ (~e & g)) + Constants[k] + w[k];
            uint second = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            (a, b, c, d, e, f, g, h) = (first + second, a, b, c, d + first, e, f, g);
        }

        ReadOnlySpan<uint> sums = [a, b, c, d, e, f, g, h];
        for (int k = 0; k < state.Length; k++)
        {
            state[k] += sums[k];
        }
    }

    private static IEnumerable<int> Primes(int count) =>
        Enumerable.Range(2, 400).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0)).Take(count);

    // The largest x with x^root <= prime 2^(32 root), without its integer part.
    private static uint Fraction(int prime, int root)
    {
        BigInteger target = (BigInteger)prime << (32 * root);
        BigInteger x = 0;
        for (int bit = 36; bit >= 0; bit--)
        {
            BigInteger larger = x | (BigInteger.One << bit);
            x = BigInteger.Pow(larger, root) <= target ? larger : x;
        }

        return (uint)(x & uint.MaxValue);
    }
}
