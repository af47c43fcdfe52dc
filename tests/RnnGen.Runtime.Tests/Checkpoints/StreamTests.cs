using System.IO.Compression;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

/// <summary>Streams and bytes have the same content and guarantees as files.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_model_goes_through_a_stream(string name)
    {
        IRnnModel saved = ModelsUnderTest.Create(name, seed: 1).Model;
        saved.Metadata["a"] = "ü";
        saved.Save(_folder.File("model"));
        var stream = new MemoryStream();
        stream.WriteByte(42);

        saved.Save(stream);

        byte[] bytes = stream.ToArray()[1..];
        Assert.Equal(File.ReadAllBytes(_folder.File("model")), bytes);
        stream.Position = 1;
        IRnnModel fromStream = ModelsUnderTest.Create(name, seed: 2).Model;
        fromStream.LoadWeights(stream);
        IRnnModel fromBytes = ModelsUnderTest.Create(name, seed: 3).Model;
        fromBytes.LoadWeights(bytes);
        foreach (IRnnModel loaded in (IRnnModel[])[fromStream, fromBytes])
        {
            Same.Bits(saved.Parameters, loaded.Parameters, "weights");
            Assert.Equal(saved.Metadata, loaded.Metadata);
        }

        // It stays open.
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void A_class_loads_from_them()
    {
        var saved = new Plain(seed: 1);
        var stream = new MemoryStream();
        saved.Save(stream);
        stream.Position = 0;

        Same.Bits(saved.Parameters, Plain.Load(stream).Parameters, "weights");
        Same.Bits(saved.Parameters, Plain.Load(stream.ToArray()).Parameters, "weights");
        Same.Bits(saved.Parameters, Load<Plain>(stream.ToArray()).Parameters, "weights");

        static TModel Load<TModel>(byte[] file)
            where TModel : class, IRnnModel, IRnnModelFactory<TModel> => TModel.Load(file);
    }

    [Fact]
    public void A_stream_that_cannot_seek_will_do()
    {
        var saved = new Plain(seed: 1);
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            saved.Save(zip);
        }

        packed.Position = 0;
        using var unzip = new GZipStream(packed, CompressionMode.Decompress);
        Same.Bits(saved.Parameters, Plain.Load(unzip).Parameters, "weights");
    }

    [Fact]
    public void Whatever_a_stream_throws_is_one_exception_and_changes_nothing()
    {
        var model = new Plain(seed: 1);
        float[] weights = model.Parameters.ToArray();
        Plain.Trainer trainer = model.CreateTrainer(new Adam());
        foreach (Action call in (Action[])[
            () => model.LoadWeights(new Failing()),
            () => Plain.Load(new Failing()),
            () => model.Save(new Failing()),
            () => trainer.Save(new Failing()),
            () => trainer.Resume(new Failing())])
        {
            CheckpointException e = Assert.Throws<CheckpointException>(call);
            Assert.IsType<InvalidDataException>(e.InnerException);
            Assert.Equal((CheckpointReason.File, "(stream)"), (e.Reason, e.Path));
        }

        Same.Bits(weights, model.Parameters, "weights");
    }

    [Fact]
    public void What_is_damaged_or_cut_is_refused_and_changes_nothing()
    {
        var saved = new MemoryStream();
        new Plain(seed: 2).Save(saved);
        byte[] damaged = saved.ToArray();
        damaged[^1] ^= 1;
        var model = new Plain(seed: 1);
        float[] weights = model.Parameters.ToArray();

        CheckpointException e = Assert.Throws<CheckpointException>(() => model.LoadWeights(damaged));
        Assert.Equal((CheckpointReason.Digest, "(bytes)"), (e.Reason, e.Path));
        e = Assert.Throws<CheckpointException>(() => model.LoadWeights(new MemoryStream(damaged)));
        Assert.Equal((CheckpointReason.Digest, "(stream)"), (e.Reason, e.Path));
        Assert.Throws<CheckpointException>(() => model.LoadWeights(damaged.AsSpan(0, 40)));
        Assert.Throws<CheckpointException>(() => model.LoadWeights(default(ReadOnlySpan<byte>)));
        Same.Bits(weights, model.Parameters, "weights");
    }

    [Fact]
    public void No_stream()
    {
        var model = new Plain(seed: 1);
        Plain.Trainer trainer = model.CreateTrainer(new Adam());

        Assert.Throws<ArgumentNullException>("stream", () => model.Save((Stream)null!));
        Assert.Throws<ArgumentNullException>("stream", () => model.LoadWeights((Stream)null!));
        Assert.Throws<ArgumentNullException>("stream", () => Plain.Load((Stream)null!));
        Assert.Throws<ArgumentNullException>("stream", () => trainer.Save((Stream)null!));
        Assert.Throws<ArgumentNullException>("stream", () => trainer.Resume((Stream)null!));
    }

    [Fact]
    public void A_training_goes_through_a_stream_bit_for_bit()
    {
        Plain.Trainer whole = new Plain(seed: 1).CreateTrainer(new Adam(0.1f));
        Train(whole, 6);
        Plain.Trainer first = new Plain(seed: 1).CreateTrainer(new Adam(0.1f));
        Train(first, 3);
        var stream = new MemoryStream();
        first.Save(stream);
        stream.Position = 0;
        Plain.Trainer second = new Plain(seed: 2).CreateTrainer(new Adam(0.1f));
        second.Resume(stream);
        Train(second, 3);

        Same.Bits(whole.Model.Parameters, second.Model.Parameters, "weights");
        first.Save(_folder.File("training"));
        Assert.Equal(File.ReadAllBytes(_folder.File("training")), stream.ToArray());
        first.Accumulate([1, 2], [3]);
        Assert.Throws<InvalidOperationException>(() => first.Save(stream));

        static void Train(Plain.Trainer trainer, int updates)
        {
            for (int update = 0; update < updates; update++)
            {
                trainer.Train([1, 2], [3]);
            }
        }
    }

    private sealed class Failing : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidDataException("It is not packed.");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidDataException("It is full.");
    }
}
