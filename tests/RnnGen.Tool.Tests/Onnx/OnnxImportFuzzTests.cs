using System.Diagnostics;
using RnnGen.Tool.Import;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Tests.Onnx;

/// <summary>Damaged graphs are imported, or refused with one of two exceptions, soon and with little memory.</summary>
public class OnnxImportFuzzTests
{
    private const int Files = 2000;

    // Far above what a graph takes, and far below what a bomb takes.
    private const long MostMemory = 1L << 30;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    [Fact]
    public void Damaged_graphs_are_refused_or_imported()
    {
        byte[][] sound = [.. SoundGraphs.All()];
        int refused = 0;
        for (int seed = 0; seed < Files; seed++)
        {
            byte[] file = Damage(new Random(seed), sound);
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            try
            {
                ImportOnnx.Bytes(file, new ImportSettings { ClassName = "Fuzz" });
            }
            catch (Exception e) when (e is CheckpointException or ImportException)
            {
                Assert.DoesNotContain(e.Message, character => char.IsControl(character));
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostMemory, $"seed {seed}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
            Assert.True(Stopwatch.GetElapsedTime(start) < MostTime, $"seed {seed} takes long");
        }

        Assert.InRange(refused, Files / 10, Files - (Files / 20));
    }

    private static byte[] Damage(Random random, byte[][] sound)
    {
        byte[] file = [.. sound[random.Next(sound.Length)]];
        for (int left = random.Next(1, 4); left > 0; left--)
        {
            int place = random.Next(file.Length);
            switch (random.Next(5))
            {
                case 0:
                    file[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[place] = (byte)random.Next(256);
                    break;
                case 2:
                    // Another number or letter: names, sizes and axes that are different, but sound.
                    file[place] = (byte)Math.Clamp(file[place] + random.Next(-2, 3), 0, 255);
                    break;
                case 3:
                    int other = random.Next(file.Length);
                    int length = Math.Min(random.Next(1, 12), file.Length - Math.Max(place, other));
                    file.AsSpan(other, length).ToArray().CopyTo(file, place);
                    break;
                default:
                    file[place] = 0xFF;
                    break;
            }
        }

        return file;
    }
}
