using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.IO.Hashing;
using RnnGen.Formats.Tests.Numpy;
using RnnGen.Formats.Tests.Torch;

namespace RnnGen.Formats.Tests.Fuzz;

/// <summary>Damaged files are read or refused, never with another exception, much time or much memory.</summary>
public class DamagedFileTests
{
    private const int Count = 2000;

    private static readonly byte[] Data = NpyBuilder.Floats([.. Enumerable.Range(0, 64).Select(k => k / 7f)]);

    [Fact]
    public void Safetensors()
    {
        byte[] header = "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[8,8],\"data_offsets\":[0,256]}}"u8.ToArray();
        Run(1, [.. BitConverter.GetBytes((long)header.Length), .. header, .. Data]);
    }

    [Fact]
    public void NumpyArrays() => Run(2, NpyBuilder.Build(">f4", "(8, 4, 2)", Data, isFortranOrder: true));

    [Theory]
    [InlineData(CompressionLevel.NoCompression, 3)]
    [InlineData(CompressionLevel.Optimal, 4)]
    public void NumpyArchives(CompressionLevel level, int seed)
    {
        byte[] array = NpyBuilder.Build("<f4", "(8, 8)", Data);
        Run(seed, ZipBuilder.Build(level, ("a.npy", array), ("b.npy", array), ("c.npy", NpyBuilder.Build("<U2", "(32,)", Data))));
    }

    [Fact]
    public void TorchArchives() => Run(5, Pickle().Archive(("data/0", Data)));

    [Fact]
    public void TorchPickles() => Run(6, Pickle().Build(), pickle => ZipBuilder.Build(("m/data.pkl", pickle), ("m/data/0", Data)));

    [Fact]
    public void NumpyArraysInArchives() =>
        Run(7, NpyBuilder.Build("<f4", "(8, 8)", Data, isFortranOrder: true), array => ZipBuilder.Build(CompressionLevel.Fastest, ("a.npy", array)));

    [Fact]
    public void LegacyTorchFiles() => Run(8,
    [
        0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.',
        .. new PickleBuilder().Number(1001).Build(),
        .. new PickleBuilder().Do("}").Build(),
        .. Pickle().Build(),
        .. new PickleBuilder().Do("]").Text("0").Do("a").Build(),
        .. BitConverter.GetBytes(64L),
        .. Data,
    ]);

    [Theory]
    [InlineData("own_torch_bigru.pt")]
    [InlineData("own_torch_bigru_script.pt")]
    [InlineData("own_torch_bigru_checkpoint.pt")]
    [InlineData("own_torch_bigru_legacy.pth")]
    [InlineData("own_bigru.npz")]
    [InlineData("own_bigru_mixed.npz")]
    [InlineData("own_torch_bigru.expected.safetensors")]
    public void PublishedFiles(string name) => Run(9, File.ReadAllBytes(SharedFiles.Find("original", name)));

    private static PickleBuilder Pickle() => new PickleBuilder().Do("}(").Text("model").Do("}(").Text("w").Tensor("0", 64, [8, 8], [1, 8])
        .Text("list").Do("](").Tensor("0", 64, [32], [2], 1).Do("K\u0001M\u0001\u0002J\u0001\u0002\u0003\u0004e").Do("u").Text("epoch").Do("q\u0001h\u0001u");

    private static void Run(int seed, byte[] file, Func<byte[], byte[]>? pack = null)
    {
        pack ??= bytes => bytes;
        Assert.NotEmpty(TensorFiles.Read(pack(file)).Tensors);
        var mutator = new Mutator(seed);
        int refused = 0;
        for (int k = 0; k < Count; k++)
        {
            byte[] damaged = pack(mutator.Damage(file, file));

            // Most damage would be noticed by checksums alone: half of the files get new ones.
            if (k % 2 == 0)
            {
                WriteChecksums(damaged);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            try
            {
                TensorFiles.Read(damaged);
            }
            catch (CheckpointException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"File {k} of seed {seed}: {e}");
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), $"File {k} of seed {seed} took {Stopwatch.GetElapsedTime(started)}.");
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(allocated < 64 << 20, $"File {k} of seed {seed} took {allocated} bytes.");
        }

        Assert.InRange(refused, Count / 10, Count);
    }

    /// <summary>Makes the checksums of members of an archive right where they can be found.</summary>
    private static void WriteChecksums(byte[] file)
    {
        List<ZipMember> members;
        try
        {
            members = ZipDirectory.Read("", file);
        }
        catch (CheckpointException)
        {
            return;
        }

        Span<byte> before = stackalloc byte[4];
        foreach (ZipMember member in members.Where(member => member.IsStored))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(before, member.Crc);
            int entry = file.AsSpan((int)member.Offset + member.Data.Length).IndexOf(before);
            if (entry >= 0)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan((int)member.Offset + member.Data.Length + entry), Crc32.HashToUInt32(member.Data.Span));
            }
        }
    }
}
