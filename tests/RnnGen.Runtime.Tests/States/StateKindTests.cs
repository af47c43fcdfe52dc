using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.States;

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 5)]
internal sealed partial class Levels
{
    [Lstm(4, Layers = 2, Direction = Direction.Bidirectional)]
    public partial Layer Memory { get; }

    [Gru(6)]
    public partial Layer Last { get; }

    [Linear(2)]
    public partial Layer Value { get; }
}

/// <summary>States by kind, as PyTorch has them: [levels x directions, lanes, size].</summary>
[Collection(nameof(AllocationTests))]
public class StateKindTests
{
    private static readonly string[] Parts = ["", "_reverse", "_l1", "_l1_reverse"];

    private readonly Levels _model = new(seed: 1);

    [Fact]
    public void The_states_of_a_layer_are_those_of_its_levels_and_directions()
    {
        Levels.State state = _model.CreateState();
        TestNumbers.Fill(state, seed: 1);
        float[] h = new float[4 * 4];
        state.CopyTo("Memory.h", h);

        for (int part = 0; part < 4; part++)
        {
            Same.Bits(state[$"Memory.h{Parts[part]}"], h.AsSpan(part * 4, 4), Parts[part]);
        }

        Levels.State other = _model.CreateState();
        float[] values = [.. Enumerable.Range(1, 16).Select(k => (float)k)];
        other.StartFrom("Memory.c", values);
        other.CopyTo("c", h);
        Assert.Equal(values, h);
        other.CopyTo("Memory.h", h);
        Assert.All(h, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_kind_alone_is_that_of_all_layers()
    {
        Levels.State state = _model.CreateState();
        TestNumbers.Fill(state, seed: 1);
        float[] h = new float[16 + 6];
        state.CopyTo("h", h);
        Same.Bits(state["Memory.h_l1"], h.AsSpan(8, 4), "level 1");
        Same.Bits(state["Last.h"], h.AsSpan(16), "last layer");

        Levels.State other = _model.CreateState();
        other.StartFrom("h", h);
        Same.Bits(state["Memory.h_l1_reverse"], other["Memory.h_l1_reverse"], "level 1");
        Same.Bits(state["Last.h"], other["Last.h"], "last layer");
        Assert.All(other["Memory.c"].ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void The_lanes_are_between_levels_and_sizes()
    {
        Levels.Batch batch = _model.CreateBatch(3);
        float[] values = TestNumbers.Random(new Random(1), 4 * 3 * 4);
        batch.StartFrom("Memory.h", values);
        for (int part = 0; part < 4; part++)
        {
            for (int lane = 0; lane < 3; lane++)
            {
                Same.Bits(values.AsSpan(((part * 3) + lane) * 4, 4), batch[lane, $"Memory.h{Parts[part]}"], $"lane {lane}");
            }
        }

        float[] all = new float[3 * (16 + 6)];
        batch.CopyTo("h", all);
        Same.Bits(values, all.AsSpan(0, values.Length), "states");
        Assert.All(all[values.Length..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_window_starts_from_them_and_ends_in_them()
    {
        Levels.State state = _model.CreateState();
        Levels.Batch batch = _model.CreateBatch(2);
        TestNumbers.Fill(state, seed: 1);
        float[] one = new float[16];
        float[] two = new float[32];
        foreach (string name in (string[])["Memory.h", "Memory.c"])
        {
            state.CopyTo(name, one);
            batch.StartFrom(name, [.. Enumerable.Range(0, 4).SelectMany(part => one.AsSpan(part * 4, 4).ToArray().Concat(new float[4]))]);
        }

        batch[0, "Last.h"].Clear();
        state["Last.h"].CopyTo(batch[0, "Last.h"]);
        float[] inputs = TestNumbers.Random(new Random(1), 12);
        _model.Forward(state, inputs, new float[8]);
        _model.Forward(batch, [.. inputs, .. inputs], new float[16]);

        state.CopyTo("c", one);
        batch.CopyTo("c", two);
        for (int part = 0; part < 4; part++)
        {
            Same.About(one.AsSpan(part * 4, 4), two.AsSpan(part * 8, 4), 1e-6, Parts[part]);
        }
    }

    [Fact]
    public void Learned_states_that_are_not_set_are_still_the_start()
    {
        var model = new CleanGru(seed: 1);
        model.Layers[0]["initial_h_l0"].Initialize(Initializer.Uniform(1), seed: 1);
        float[] start = TestNumbers.Values(model.Layers[0]["initial_h_l0"]);
        float[] h = new float[40];

        model.CreateBatch(2).CopyTo("h", h);

        Same.Bits([.. start, .. start], h, "states");
    }

    [Fact]
    public void Wrong_calls()
    {
        Levels.State state = _model.CreateState();
        Levels.Batch batch = _model.CreateBatch(3);
        Assert.Contains("'Memory.h', 'Memory.c', 'Last.h'", Assert.Throws<ArgumentException>("name", () => state.CopyTo("x", new float[3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("name", () => state.CopyTo("Memory", new float[3]));
        Assert.Throws<ArgumentException>("name", () => batch.StartFrom("Value.h", new float[3]));
        Assert.Throws<ArgumentNullException>("name", () => batch.CopyTo(null!, new float[3]));
        Assert.Contains("expected a length of 66, found 22", Assert.Throws<ArgumentException>("values", () => batch.CopyTo("h", new float[22])).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<ArgumentException>("values", () => state.StartFrom("c", new float[15]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        Levels.State state = _model.CreateState();
        Levels.Batch batch = _model.CreateBatch(3);
        float[] h = new float[66];

        Allocations.None(() => state.CopyTo("h", h.AsSpan(0, 22)), calls: 20);
        Allocations.None(() => batch.StartFrom("h", h), calls: 20);
    }
}
