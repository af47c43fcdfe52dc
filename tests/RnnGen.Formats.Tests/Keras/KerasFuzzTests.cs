using System.Diagnostics;

namespace RnnGen.Formats.Tests;

/// <summary>Damaged files: read, or refused by the one exception, soon and with little memory.</summary>
public class KerasFuzzTests
{
    private const int Files = 2000;
    private const long MostMemory = 48 << 20;

    // Far above what any file takes on a busy machine.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    private static readonly byte[][] Sizes =
    [
        [0, 0, 0, 0],
        [0xFF, 0xFF, 0xFF, 0xFF],
        [0xFF, 0xFF, 0xFF, 0x7F],
        [0xFF, 0xFF],
        [0, 0, 0, 0x40, 0, 0, 0, 0],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        [96, 0, 0, 0, 0, 0, 0, 0],
    ];

    [Fact]
    public void Damaged_models() => Run([Hdf5Files.Keras("keras2_options.h5"), Hdf5Files.Path("cut_names.h5")]);

    [Fact]
    public void Damaged_layouts() => Run([Hdf5Files.Path("layouts.h5"), Hdf5Files.Path("layouts_latest.h5")]);

    [Fact]
    public void Damaged_heaps() => Run([Hdf5Files.Path("many.h5"), Hdf5Files.Path("many_latest.h5")]);

    [Fact]
    public void Damaged_archives() => Run([Hdf5Files.Keras("keras3.keras")]);

    private static void Run(string[] paths)
    {
        byte[][] files = [.. paths.Select(File.ReadAllBytes)];
        int refused = 0;
        for (int seed = 0; seed < Files; seed++)
        {
            byte[] file = Damage(new Random(seed), files);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            long tensors = 0;
            try
            {
                TensorFile read = TensorFiles.Read(file);
                tensors = read.Tensors.Sum(tensor => (long)sizeof(float) * tensor.Values.Length);
                KerasModel.Read(read);
            }
            catch (CheckpointException e)
            {
                Assert.DoesNotContain(e.Message, char.IsControl);
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

    private static byte[] Damage(Random random, byte[][] files)
    {
        byte[] file = [.. files[random.Next(files.Length)]];
        for (int left = random.Next(1, 8); left > 0 && file.Length > 0; left--)
        {
            int place = random.Next(random.Next(2) == 0 ? file.Length : Math.Min(file.Length, 4096));
            switch (random.Next(8))
            {
                case 0 or 1:
                    file[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    file[place] = (byte)random.Next(256);
                    break;
                case 3 when random.Next(8) == 0:
                    file = file[..place];
                    break;
                case 4 when random.Next(4) == 0:
                    byte[] other = files[random.Next(files.Length)];
                    int from = random.Next(other.Length);
                    byte[] piece = other[from..Math.Min(other.Length, from + random.Next(1, 300))];
                    file = [.. file[..place], .. piece, .. file[Math.Min(file.Length, place + piece.Length)..]];
                    break;
                default:
                    // Numbers stand at multiples of their size.
                    place &= ~7;
                    byte[] size = Sizes[random.Next(Sizes.Length)];
                    file = [.. file[..place], .. size, .. file[Math.Min(file.Length, place + size.Length)..]];
                    break;
            }
        }

        return file;
    }
}
