namespace RnnGen.Formats.Tests;

/// <summary>Damaged files: read, or refused by the one exception, soon and with little memory.</summary>
public class KerasFuzzTests
{
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

    private static void Run(string[] paths) => FormatFuzz.Run([.. paths.Select(File.ReadAllBytes)], Damage, file => KerasModel.Read(file));

    private static byte[] Damage(Random random, IReadOnlyList<byte[]> files)
    {
        byte[] file = [.. files[random.Next(files.Count)]];
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
                    byte[] other = files[random.Next(files.Count)];
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
