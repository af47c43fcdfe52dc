using System.Diagnostics;

namespace RnnGen.Formats.Tests;

/// <summary>Reads files that were damaged at random: they are read, or refused with the one exception, soon and with little memory.</summary>
internal static class FormatFuzz
{
    private const int Files = 2000;

    // Far above what a file takes, and far below what a bomb takes.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);
    private const long MostMemory = 48 << 20;

    /// <summary>Reads damaged files.</summary>
    /// <param name="files">Sound files.</param>
    /// <param name="damage">How a file is damaged; by default as files of most formats.</param>
    /// <param name="use">What else is read from the tensors.</param>
    public static void Run(IReadOnlyList<byte[]> files, Func<Random, IReadOnlyList<byte[]>, byte[]>? damage = null, Action<TensorFile>? use = null)
    {
        int refused = 0;
        for (int seed = 0; seed < Files; seed++)
        {
            byte[] file = (damage ?? Damage)(new Random(seed), files);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            long tensors = 0;
            try
            {
                TensorFile read = TensorFiles.Read(file);
                tensors = read.Tensors.Sum(tensor => (long)sizeof(float) * tensor.Values.Length);
                use?.Invoke(read);
            }
            catch (CheckpointException e)
            {
                Assert.DoesNotContain(e.Message, character => char.IsControl(character));
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < (4L * file.Length) + (4 * tensors) + MostMemory, $"seed {seed}: {allocated} bytes for a file of {file.Length}");
            Assert.True(Stopwatch.GetElapsedTime(start) < MostTime, $"seed {seed} takes long");
        }

        Assert.InRange(refused, Files / 10, Files);
    }

    private static byte[] Damage(Random random, IReadOnlyList<byte[]> files)
    {
        byte[] file = [.. files[random.Next(files.Count)]];
        for (int left = random.Next(1, 5); left > 0 && file.Length > 0; left--)
        {
            // Half of the damage is near the start, where what describes the rest mostly is.
            int place = random.Next(random.Next(2) == 0 ? file.Length : Math.Min(file.Length, 512));
            switch (random.Next(7))
            {
                case 0:
                    file[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[place] = (byte)random.Next(256);
                    break;
                case 2:
                    file = file[..place];
                    break;
                case 3:
                    byte[] other = files[random.Next(files.Count)];
                    int from = random.Next(other.Length);
                    byte[] piece = other[from..Math.Min(other.Length, from + random.Next(1, 200))];
                    file = [.. file[..place], .. piece, .. file[(random.Next(2) == 0 ? place : Math.Min(file.Length, place + piece.Length))..]];
                    break;
                case 4:
                    file = [.. file[..place], .. file[Math.Min(file.Length, place + random.Next(1, 50))..]];
                    break;
                default:
                    byte[] size = Sizes[random.Next(Sizes.Length)];
                    file = [.. file[..place], .. size, .. file[Math.Min(file.Length, place + size.Length)..]];
                    break;
            }
        }

        return file;
    }

    private static readonly byte[][] Sizes =
    [
        [0, 0, 0, 0],
        [0xFF, 0xFF, 0xFF, 0xFF],
        [0xFF, 0xFF, 0xFF, 0x7F],
        [0, 0, 0, 0x80],
        [0xFF, 0xFF, 0xFF, 0xFF, 0x07],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
        [0, 0, 0, 0x40, 0, 0, 0, 0],
        "1000000000"u8.ToArray(),
        "-1"u8.ToArray(),
        "1e999"u8.ToArray(),
        "[[[[[["u8.ToArray(),
    ];
}
