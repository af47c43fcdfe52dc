using System.Text;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.States;

public class StateBytesTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_state_goes_on_from_its_bytes(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.RunningState();
        byte[] bytes = state.ToBytes();
        Assert.Equal(state.ByteCount, bytes.Length);

        State restored = subject.CreateState();
        subject.Step(restored, subject.Inputs(1), subject.Outputs(1));
        restored.Restore(bytes);

        Same.Bits(state, restored);
        float[] expected = subject.Outputs(1);
        float[] actual = subject.Outputs(1);
        subject.Step(state, subject.Inputs(1, seed: 7), expected);
        subject.Step(restored, subject.Inputs(1, seed: 7), actual);
        Same.Bits(expected, actual, "outputs");
        Same.Bits(state, restored);
    }

    [Fact]
    public void Bytes_are_the_same_on_every_machine()
    {
        State state = new TokenRnn(1).CreateState();
        state["Hidden.h"].Fill(1);

        byte[] text = Encoding.UTF8.GetBytes("RnnGen.Tests.Models.TokenRnn: Hidden.h[10]");
        byte[] one = [0, 0, 0x80, 0x3F];
        Assert.Equal([.. "RnnS"u8, 1, 0, 0, 0, (byte)text.Length, 0, 0, 0, .. text, .. Enumerable.Repeat(one, 10).SelectMany(b => b)], state.ToBytes());
    }

    [Fact]
    public void Bytes_of_another_model_are_refused()
    {
        var e = Refuse(new ShortLstm(1).CreateState().ToBytes());

        Assert.Contains("expected 'RnnGen.Tests.Models.TokenRnn: Hidden.h[10]'", e.Message, StringComparison.Ordinal);
        Assert.Contains("found 'RnnGen.Tests.Models.ShortLstm: Lstm.h[9], Lstm.c[9]'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_of_another_version_are_refused()
    {
        byte[] bytes = new TokenRnn(1).CreateState().ToBytes();
        bytes[4] = 2;

        Assert.Contains("expected 1, found 2", Refuse(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_cut_or_damaged_are_refused()
    {
        byte[] bytes = new TokenRnn(1).CreateState().ToBytes();
        for (int length = 0; length < bytes.Length; length++)
        {
            Refuse(bytes[..length]);
        }

        Assert.Contains($"expected {bytes.Length} bytes, found {bytes.Length + 1}", Refuse([.. bytes, 0]).Message, StringComparison.Ordinal);
        for (int place = 0; place < bytes.Length - (10 * sizeof(float)); place++)
        {
            foreach (byte mask in (byte[])[0x01, 0x80, 0xFF])
            {
                byte[] damaged = [.. bytes];
                damaged[place] ^= mask;
                Refuse(damaged);
            }
        }
    }

    // Without a recurrent layer nothing follows the text, so that a longer one would read the same.
    [Fact]
    public void Every_flipped_bit_is_refused_where_there_are_no_states()
    {
        State state = new Plain(1).CreateState();
        byte[] bytes = state.ToBytes();
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<ArgumentException>("bytes", () => state.Restore(damaged));
        }

        bytes[8]++;
        string message = Assert.Throws<ArgumentException>(() => state.Restore(bytes)).Message;
        Assert.Contains($"expected a text of {bytes.Length - 12} bytes, found {bytes.Length - 11}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Room_of_another_length_is_refused()
    {
        State state = new TokenRnn(1).CreateState();
        Assert.Throws<ArgumentException>("bytes", () => state.WriteBytes(new byte[state.ByteCount - 1]));
        Assert.Throws<ArgumentException>("bytes", () => state.WriteBytes(new byte[state.ByteCount + 1]));
    }

    private static ArgumentException Refuse(byte[] bytes)
    {
        State state = new TokenRnn(1).CreateState();
        TestNumbers.Fill(state, seed: 3);
        float[] before = TestNumbers.Values(state);

        var e = Assert.Throws<ArgumentException>("bytes", () => state.Restore(bytes));

        Same.Bits(before, TestNumbers.Values(state), "state");
        return e;
    }
}
