using System.Buffers.Binary;

namespace RnnGen.Formats.Tests.Fuzz;

/// <summary>Damages files. The same seed does the same damage.</summary>
internal sealed class Mutator
{
    private static readonly long[] Sizes = [0, 1, -1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, int.MaxValue, uint.MaxValue, long.MaxValue, long.MinValue, 1L << 40, 1 << 30];

    private readonly Random _random;

    public Mutator(int seed) => _random = new Random(seed);

    public byte[] Damage(byte[] file, byte[] other)
    {
        List<byte> bytes = [.. file];
        for (int count = _random.Next(1, 5); count > 0 && bytes.Count > 0; count--)
        {
            int at = _random.Next(bytes.Count);
            switch (_random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(_random.Next(1, 40), bytes.Count - at));
                    break;
                case 4:
                    int from = _random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(_random.Next(1, 200), other.Length - from)).ToArray());
                    break;
                default:
                    WriteSize(bytes, at);
                    break;
            }
        }

        return [.. bytes];
    }

    private void WriteSize(List<byte> bytes, int at)
    {
        Span<byte> size = stackalloc byte[8];
        long value = Sizes[_random.Next(Sizes.Length)];
        if (_random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(size, value);
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(size, value);
        }

        size = size[..Math.Min(1 << _random.Next(4), bytes.Count - at)];
        for (int k = 0; k < size.Length; k++)
        {
            bytes[at + k] = size[k];
        }
    }
}
