using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using RnnGen.Fuzz;
using static RnnGen.Formats.Tests.Assertions;

namespace RnnGen.Formats.Tests.Zip;

public class ZipTests
{
    private static readonly byte[] Array = NpyBuilder.Build("<f4", "(2,)", NpyBuilder.Floats(1, 2));

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] file = ZipBuilder.Build(("a.npy", Array), ("b.npy", Array));
        for (int length = 0; length < file.Length; length++)
        {
            Refused(file[..length]);
        }

        Refused(file[..(file.Length / 2)], "incomplete");
    }

    [Fact]
    public void ACommentAtTheEndIsAllowed()
    {
        byte[] file = ZipBuilder.Build(("a.npy", Array));
        byte[] comment = "PK\u0005\u0006 is how a directory ends"u8.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(file.Length - 2), (ushort)comment.Length);
        Has(TensorFiles.Read((byte[])[.. file, .. comment]).Find("a"), "F32", [2], 1, 2);
    }

    [Fact]
    public void ChangedDataIsNoticed()
    {
        byte[] file = ZipBuilder.Build(("a.npy", Array));
        file[file.AsSpan().IndexOf("NUMPY"u8) + Array.Length - 3] ^= 1;
        Assert.Equal(CheckpointReason.Digest, Refused(file, "checksum", "copy it again").Reason);
    }

    [Fact]
    public void BombsAreRefused()
    {
        byte[] array = NpyBuilder.Build("|i1", "(200000000,)", new byte[200_000_000]);
        byte[] bomb = ZipBuilder.Build(CompressionLevel.SmallestSize, ("a.npy", array));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(bomb, "expands", "without compression");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < (16 << 20) + bomb.Length);

        // The declared size is small, the real one is not.
        BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(DirectoryOf(bomb) + 24), 1000);
        Refused(bomb, "found more");
    }

    [Fact]
    public void ADeclaredSizeIsNotBelieved()
    {
        byte[] file = ZipBuilder.Build(CompressionLevel.Optimal, ("a.npy", NpyBuilder.Build("|i1", "(4000000,)", new byte[100])));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(DirectoryOf(file) + 24), 4_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(file, "found fewer");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void MembersInOnePlaceAreRefused()
    {
        byte[] file = ZipBuilder.Build(("a.npy", Array), ("a.npy", Array));
        int directory = DirectoryOf(file);
        int second = directory + file.AsSpan(directory + 4).IndexOf("PK\u0001\u0002"u8) + 4;
        file.AsSpan(directory + 42, 4).CopyTo(file.AsSpan(second + 42));
        Refused(file, "both in one place");
    }

    [Fact]
    public void EncryptionAndOtherMethodsAreRefused()
    {
        byte[] file = ZipBuilder.Build(("a.npy", Array));
        int directory = DirectoryOf(file);
        file[directory + 8] |= 1;
        Refused(file, "encryption");
        file[directory + 8] ^= 1;
        file[directory + 10] = 12;
        Refused(file, "another method");
    }

    [Fact]
    public void ManyMembersDoNotTakeMemory()
    {
        // A member takes more memory than bytes of the file.
        byte[] file = ZipBuilder.Build([.. Enumerable.Range(0, 30_000).Select(k => ($"{k}.npy", System.Array.Empty<byte>()))]);
        Refused(file, "fewer tensors");
    }

    [Fact]
    public void OtherArchivesAreRefused() => Refused(ZipBuilder.Build(("a.txt", "text"u8.ToArray())), "known format");

    [Fact]
    public void SizesOf64Bits()
    {
        byte[] name = Encoding.UTF8.GetBytes("a.npy");
        byte[] local = [.. "PK\u0003\u0004"u8, .. new byte[22], (byte)name.Length, 0, 0, 0, .. name];
        byte[] entry = [.. "PK\u0001\u0002"u8, .. new byte[42], .. name, 1, 0, 24, 0, .. Long(Array.Length), .. Long(Array.Length), .. Long(0)];
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(16), System.IO.Hashing.Crc32.HashToUInt32(Array));
        entry.AsSpan(20, 8).Fill(0xFF);
        entry[28] = (byte)name.Length;
        entry[30] = 28;
        entry.AsSpan(42, 4).Fill(0xFF);
        int directory = local.Length + Array.Length;
        byte[] end64 = [.. "PK\u0006\u0006"u8, .. Long(44), .. new byte[12], .. Long(1), .. Long(1), .. Long(entry.Length), .. Long(directory)];
        byte[] locator = [.. "PK\u0006\u0007"u8, .. new byte[4], .. Long(directory + entry.Length), 1, 0, 0, 0];
        byte[] end = [.. "PK\u0005\u0006"u8, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0];
        byte[] file = [.. local, .. Array, .. entry, .. end64, .. locator, .. end];
        Has(TensorFiles.Read(file).Find("a"), "F32", [2], 1, 2);

        static byte[] Long(long value) => BitConverter.GetBytes(value);
    }

    private static int DirectoryOf(byte[] file) => file.AsSpan().LastIndexOf("PK\u0005\u0006"u8) is int end
        ? BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(end + 16))
        : -1;
}
