using RnnGen.Testing;
using RnnGen.Tests.Allocation;

namespace RnnGen.Tests.Training;

/// <summary>Correct and wrong calls of <c>Trace</c>. Other tests compare its values with the equations.</summary>
[Collection(nameof(AllocationTests))]
public class TraceTests
{
    private static readonly float[] X = [.. Enumerable.Range(0, 10).Select(k => k * 0.1f)];

    [Fact]
    public void A_tape_has_the_rows_of_the_window_that_was_recorded_last()
    {
        var model = new ZonedOut(seed: 1);
        ZonedOut.Tape tape = model.CreateTape();
        Assert.Equal(0, tape.Trace("Low.h").Steps);
        Assert.Contains("Out.y", ZonedOut.Tape.TraceNames);

        ZonedOut.State state = model.CreateState();
        model.Forward(state, X, tape);

        Assert.Equal(5, tape.Trace("Low.h").Steps);
        Assert.Equal(40, tape.Trace("Low.h").Size);
        Assert.Equal(state["Low.h"].ToArray(), tape.Trace("Low.h")[4].ToArray());

        var rows = new float[5 * 40];
        tape.Trace("Low.h").CopyTo(rows);
        Assert.Equal(tape.Trace("Low.h")[3].ToArray(), rows[120..160]);
    }

    [Fact]
    public void Wrong_calls_say_what_is_wrong()
    {
        var model = new ZonedOut(seed: 1);
        ZonedOut.Tape tape = model.CreateTape();
        model.Forward(model.CreateState(), X, tape);

        ArgumentException unknown = Assert.Throws<ArgumentException>(() => _ = tape.Trace("Low.x").Steps);
        Assert.Contains("'Low.x'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("'Low.tanhC'", unknown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => _ = tape.Trace(null!).Steps);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = tape.Trace("Low.h")[5].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = tape.Trace("Low.h")[-1].Length);
        ArgumentException length = Assert.Throws<ArgumentException>(() => tape.Trace("Low.h").CopyTo(new float[199]));
        Assert.Contains("200", length.Message, StringComparison.Ordinal);
        Assert.Contains("199", length.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var model = new ZonedOut(seed: 1);
        ZonedOut.Tape tape = model.CreateTape();
        model.Forward(model.CreateState(), X, tape);
        var rows = new float[200];

        Allocations.None(() => tape.Trace("Low.o").CopyTo(rows), 50);
    }
}
