using RnnGen.Orleans;

namespace RnnGen.Tests.Clusters;

public class StreamRecordTests
{
    private static readonly StreamRecord Record = new(long.MaxValue - 3, 5, 0xABCDEF01, [1.5f, -0f, float.NaN], [1, 2, 3, 4, 5]);

    [Fact]
    public void Bytes_have_all_of_it()
    {
        StreamRecord read = StreamRecord.Parse(Record.ToBytes());

        Assert.Equal((Record.Number, Record.Version, Record.Inputs), (read.Number, read.Version, read.Inputs));
        Assert.Equal(Record.Outputs.Select(BitConverter.SingleToInt32Bits), read.Outputs.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(Record.State, read.State);
    }

    [Fact]
    public void Damage_is_noticed()
    {
        byte[] bytes = Record.ToBytes();
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(RnnStreamError.Damaged, Assert.Throws<RnnStreamException>(() => StreamRecord.Parse(damaged)).Error);
        }

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(RnnStreamError.Damaged, Assert.Throws<RnnStreamException>(() => StreamRecord.Parse(bytes.AsSpan(0, length))).Error);
        }
    }

    [Fact]
    public void Policies_have_bounds()
    {
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => StreamPersistence.Every(0));
        Assert.Throws<ArgumentOutOfRangeException>("time", () => StreamPersistence.Every(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("time", () => StreamPersistence.Every(1, TimeSpan.FromDays(50)));
    }
}
