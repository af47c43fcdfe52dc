using RnnGen.Testing;
using RnnGen.Tests.Batches;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Testing;

public class StreamsTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Steps_windows_and_states_agree(string name) => Streams.Equal(ModelsUnderTest.Create(name).Model);

    [Fact]
    public void So_do_batches_masks_and_several_heads()
    {
        Streams.Equal(new TokenBatch(seed: 1));
        Streams.Equal(new LastBatch(seed: 1));
        Streams.Equal(new MaskedBatch(seed: 1));
        Streams.Equal(new WholeWindows(seed: 1));
        Streams.Equal(new LearnedLanesBothWays(seed: 1));
        Streams.Equal(new Models.TwoHeads(seed: 1));
    }

    [Fact]
    public void A_window_that_differs_from_its_recording_is_found()
    {
        CheckException error = Assert.Throws<CheckException>(() => Streams.Equal(new WrongModel(new ShortLstm(seed: 1), outputs: values => values[0] += 0.01f)));

        Assert.Matches(@"^outputs of a recorded window \[0\]: expected -?[0-9.E-]+, found -?[0-9.E-]+\.$", error.Message);
    }

    [Fact]
    public void Models_are_equal_bit_for_bit_or_within_a_tolerance()
    {
        var model = new ShortLstm(seed: 1);
        ShortLstm same = model.Clone();
        Streams.Equal<float>(model, same);

        Parameter weights = same.Layers[0].Parameters[0];
        var values = new float[weights.Count];
        weights.CopyTo(values);
        values[0] += 1e-4f;
        weights.CopyFrom(values);

        Streams.Equal<float>(model, same, tolerance: 1e-2f);
        Assert.Throws<CheckException>(() => Streams.Equal<float>(model, same));
    }

    [Fact]
    public void Wrong_calls_are_argument_exceptions()
    {
        var model = new ShortLstm(seed: 1);

        ArgumentException error = Assert.Throws<ArgumentException>(() => Streams.Equal<float>(model, new HeadlessGru(seed: 1)));
        Assert.Contains("(3, 2, 8, 16), found (3, 7, 6, 42)", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Streams.Equal(model, tolerance: float.NaN));
    }
}
