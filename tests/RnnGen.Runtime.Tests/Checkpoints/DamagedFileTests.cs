using RnnGen.Checkpoints;

namespace RnnGen.Tests.Checkpoints;

/// <summary>A damaged file is read or refused, and nothing else ever happens. The damage is the same in every run.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _valid;

    public DamagedFileTests()
    {
        string path = _folder.File("valid");
        TensorFile.Write(
            path,
            [
                new TensorToWrite("lstm.weight_ih_l0", [4, 3], new float[12]),
                new TensorToWrite("lstm.bias_ih_l0", [4], new float[4]),
                new TensorToWrite("steps", [1], [7L]),
            ],
            new Dictionary<string, string> { ["format"] = "rnngen", ["note"] = "ü" });
        _valid = File.ReadAllBytes(path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < _valid.Length; length++)
        {
            Assert.False(Reads(_valid[..length]), $"A file of {length} of {_valid.Length} bytes was read.");
        }
    }

    [Fact]
    public void An_appended_byte_is_refused() => Assert.False(Reads([.. _valid, 0]));

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        for (int bit = 0; bit < _valid.Length * 8; bit++)
        {
            byte[] damaged = [.. _valid];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Reads(damaged), $"A file in which bit {bit} is flipped was read.");
        }
    }

    [Fact]
    public void Random_damage_is_read_or_refused()
    {
        var random = new Random(1);
        ReadOnlySpan<byte> likely = "{}[]\",:0123456789-eE.\\u \0\u00ff"u8;
        for (int run = 0; run < 4000; run++)
        {
            var damaged = new List<byte>(_valid);
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int at = random.Next(damaged.Count);
                byte value = random.Next(2) == 0 ? (byte)random.Next(256) : likely[random.Next(likely.Length)];
                switch (random.Next(5))
                {
                    case 0:
                        damaged[at] = value;
                        break;
                    case 1:
                        damaged.Insert(at, value);
                        break;
                    case 2:
                        damaged.RemoveAt(at);
                        break;
                    case 3:
                        damaged.RemoveRange(at, Math.Min(random.Next(20), damaged.Count - at));
                        break;
                    default:
                        damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(40), damaged.Count - at)));
                        break;
                }

                if (damaged.Count == 0)
                {
                    break;
                }
            }

            // Keep the length of the header true in half of the runs, or the damage inside of it would go unseen.
            byte[] bytes = [.. damaged];
            if (run % 2 == 0 && bytes.Length >= 8)
            {
                _valid.AsSpan(0, 8).CopyTo(bytes);
                bytes[0] = (byte)(bytes[0] + Math.Clamp(bytes.Length - _valid.Length, -100, 100));
            }

            Reads(bytes);
        }
    }

    private bool Reads(byte[] content)
    {
        string path = _folder.File("damaged", content);
        try
        {
            foreach (SafetensorsTensor tensor in SafetensorsFile.Read(path).Tensors.Values)
            {
                Assert.Equal(tensor.Data.Length, tensor.Shape.Aggregate((long)ElementType.SizeOf(tensor.Dtype), (product, size) => product * size));
            }

            return true;
        }
        catch (CheckpointException e)
        {
            Assert.Equal(path, e.Path);
            return false;
        }
    }
}
