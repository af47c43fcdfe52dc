using System.Buffers.Binary;
using System.IO.Compression;
using RnnGen.Checkpoints;
using RnnGen.Serving;

namespace RnnGen.Tests.Serving;

public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnngen-serving-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "streams");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Streams_go_on_in_another_host()
    {
        using StreamHost<string, float> first = Filled("a", "ü 😀", "", "long " + new string('x', 1000));
        using var second = new StreamHost<string, float>(Served.Meter(1), capacity: 5);
        second.Start("other");

        Assert.Equal(4, first.Save(Path));
        Assert.Equal(4, second.Restore(Path));

        Assert.Equal(5, second.Count);
        foreach (string key in new[] { "a", "ü 😀", "", "long " + new string('x', 1000) })
        {
            Assert.Equal(Answer(first, key), Answer(second, key));
        }
    }

    [Fact]
    public void A_file_in_a_stream_ends_where_it_ends()
    {
        using StreamHost<string, float> first = Filled("a", "b");
        using var second = new StreamHost<string, float>(Served.Meter(1), capacity: 5);
        var stream = new MemoryStream();
        stream.WriteByte(7);
        first.Save(stream);
        stream.WriteByte(8);
        stream.Position = 1;

        second.Restore(stream);

        Assert.Equal(8, stream.ReadByte());
        Assert.Equal(2, second.Count);
    }

    [Fact]
    public void Every_damaged_byte_and_every_end_is_refused()
    {
        using StreamHost<string, float> first = Filled("a", "b", "c");
        first.Save(Path);
        byte[] whole = File.ReadAllBytes(Path);
        using var second = new StreamHost<string, float>(Served.Meter(1), capacity: 5);
        second.Start("mine");
        float[] answer = Answer(Filled(), "");

        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            Assert.Throws<CheckpointException>(() => second.Restore(new MemoryStream(damaged)));
            Assert.Throws<CheckpointException>(() => second.Restore(new MemoryStream(whole, 0, at)));
        }

        File.WriteAllBytes(Path, [.. whole, 0]);
        Assert.Throws<CheckpointException>(() => second.Restore(Path));
        Assert.Equal(1, second.Count);
        Assert.Equal(answer, Answer(second, "mine"));
        Assert.Equal(3, second.Restore(new MemoryStream(whole)));
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_changes_nothing()
    {
        using StreamHost<string, float> first = Filled("a", "b", "3");
        first.Save(Path);
        using var other = new StreamHost<string, float>(new OtherMeter(1), capacity: 5);
        using var numbers = new StreamHost<int, float>(new Meter(1), capacity: 5);
        using var small = new StreamHost<string, float>(new Meter(1), capacity: 2);
        using var same = new StreamHost<string, float>(new Meter(1), capacity: 5);
        using var careless = new StreamHost<string, float>(new Meter(1), capacity: 5, new() { Comparer = StringComparer.OrdinalIgnoreCase });
        same.Start("b");

        Fails(CheckpointReason.Shape, () => other.Restore(Path));
        Fails(CheckpointReason.Container, () => numbers.Restore(Path));
        Fails(CheckpointReason.File, () => same.Restore(Path + ".none"));
        Fails(CheckpointReason.File, () => same.Restore(_folder));
        Fails(CheckpointReason.File, () => same.Save(System.IO.Path.Combine(_folder, "none", "file")));
        Assert.Equal(StreamStatus.Full, Assert.Throws<StreamException>(() => small.Restore(Path)).Status);
        Assert.Equal(StreamStatus.Exists, Assert.Throws<StreamException>(() => same.Restore(Path)).Status);
        using (StreamHost<string, float> two = Filled("a", "A"))
        {
            two.Save(Path);
            Fails(CheckpointReason.Container, () => careless.Restore(Path));
        }

        Assert.Equal([0, 0, 0, 1, 0], new[] { other.Count, numbers.Count, small.Count, same.Count, careless.Count });
        Assert.Equal(StreamStatus.Done, small.TryStart("still open"));
    }

    /// <summary>With a checksum that fits: whoever makes a file can compute it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_section_longer_than_any_array_is_refused(bool canSeek)
    {
        using StreamHost<string, float> host = Filled("a");
        host.Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        Span<byte> header = bytes.AsSpan(12, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)));
        BinaryPrimitives.WriteInt32LittleEndian(header[^4..], int.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12 + header.Length), Checksum.Of(header));
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            packing.Write(bytes);
        }

        packed.Position = 0;
        using Stream stream = canSeek ? new MemoryStream(bytes) : new GZipStream(packed, CompressionMode.Decompress);
        using var other = new StreamHost<string, float>(Served.Meter(1), capacity: 5);

        Assert.Throws<CheckpointException>(() => other.Restore(stream));

        Assert.Equal(0, other.Count);
    }

    [Fact]
    public void Another_version_of_the_format_is_refused()
    {
        using StreamHost<string, float> host = Filled("a");
        host.Save(Path);
        byte[] bytes = File.ReadAllBytes(Path);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), 2);

        CheckpointException exception = Assert.Throws<CheckpointException>(() => host.Restore(new MemoryStream(bytes)));

        Assert.Contains("expected 1, found 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_does_not_survive_as_text_is_refused()
    {
        using StreamHost<string, float> host = Filled("half of a pair: \uD83D");
        File.WriteAllText(Path, "before");

        Assert.Throws<InvalidOperationException>(() => host.Save(Path));

        Assert.Equal("before", File.ReadAllText(Path));
    }

    private static StreamHost<string, float> Filled(params string[] keys)
    {
        var host = new StreamHost<string, float>(Served.Meter(1), capacity: 100);
        if (keys is [])
        {
            host.Start("");
        }

        foreach (string key in keys)
        {
            host.Start(key);
            for (int step = 0; step < key.Length % 7; step++)
            {
                Answer(host, key);
            }
        }

        return host;
    }

    private static float[] Answer(StreamHost<string, float> host, string key)
    {
        var outputs = new float[2];
        host.Step(key, [1, 2, 3], outputs);
        return outputs;
    }

    private static void Fails(CheckpointReason reason, Action action) => Assert.Equal(reason, Assert.Throws<CheckpointException>(action).Reason);
}
