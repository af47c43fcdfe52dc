using RnnGen.Tests.Models;

namespace RnnGen.Tests.Datasets;

public class SequencesTests
{
    private readonly float[][] _inputs = [[1, 2, 3], [4], []];
    private readonly int[][] _targets = [[1, 2], [], [3]];

    [Fact]
    public void Windows_are_the_arrays_in_their_order()
    {
        var sequences = new Sequences<float, int>(_inputs, _targets);

        Assert.Equal(3, sequences.Count);
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal(_inputs[k], sequences.Inputs(k));
            Assert.Equal(_targets[k], sequences.Targets(k));
        }
    }

    [Fact]
    public void The_arrays_are_not_copied()
    {
        var sequences = new Sequences<float, int>(_inputs, _targets);

        _inputs[0][1] = 42;

        Assert.Equal([1, 42, 3], sequences.Inputs(0));
    }

    [Fact]
    public void The_lists_of_arrays_are()
    {
        List<float[]> inputs = [.. _inputs];
        var sequences = new Sequences<float, int>(inputs, _targets);

        inputs.Clear();

        Assert.Equal(3, sequences.Count);
        Assert.Equal([4], sequences.Inputs(1));
    }

    [Fact]
    public void They_are_enumerated_once()
    {
        int calls = 0;
        var sequences = new Sequences<float, int>(Enumerable.Range(0, 3).Select(k => new float[] { k, calls++ }), _targets);

        Assert.Equal([2, 2], sequences.Inputs(2));
        Assert.Equal(3, calls);
    }

    [Fact]
    public void A_target_per_window_needs_no_array()
    {
        int[] labels = [7, 8, 9];
        var classes = new Sequences<float, int>(_inputs, labels);
        var heads = new Sequences<float, TwoHeads.WindowTargets>(_inputs, [new((int[])[1], (float[])[2, 3]), default, new((int[])[4], default)]);

        labels[0] = 0;
        Assert.Equal((3, 3), (classes.Count, heads.Count));
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal(_inputs[k], classes.Inputs(k));
            Assert.Equal([7 + k], classes.Targets(k));
            Assert.Equal(1, heads.Targets(k).Length);
        }

        Assert.Equal([1], heads.Targets(0)[0].TargetsOfKind.ToArray());
        Assert.Equal([2f, 3], heads.Targets(0)[0].TargetsOfValue.ToArray());
        Assert.Equal([4], heads.Targets(2)[0].TargetsOfKind.ToArray());
        Assert.Throws<ArgumentException>("targets", () => new Sequences<float, int>(_inputs, [1, 2]));
        Assert.Throws<ArgumentException>("inputs", () => new Sequences<float, int>([null!], [1]));
        Assert.Throws<ArgumentNullException>("targets", () => new Sequences<float, int>(_inputs, (IEnumerable<int>)null!));
    }

    // A window that has arrays for targets has them, however they are written.
    [Fact]
    public void Lists_of_arrays_are_lists_of_arrays()
    {
        Assert.Equal([1, 2], new Sequences<int, int>([[1, 2]], [[1, 2]]).Targets(0));
        Assert.Equal([1f, 2], new Sequences<int, float>([[1, 2]], [new[] { 1f, 2 }]).Targets(0));
        Assert.Equal(1, new Sequences<int, TwoHeads.WindowTargets>([[1, 2]], [[new((int[])[1], default)]]).Targets(0).Length);
    }

    [Theory]
    [InlineData(0.8, 8)]
    [InlineData(0.01, 0)]
    [InlineData(0.55, 6)]
    public void A_split_has_each_window_once(double share, int count)
    {
        float[][] inputs = [.. Enumerable.Range(0, 10).Select(k => new float[] { k })];
        var sequences = new Sequences<float, int>(inputs, [.. Enumerable.Range(0, 10)]);

        (Sequences<float, int> training, Sequences<float, int> test) = sequences.Split(share, seed: 1);

        Assert.Equal((count, 10 - count), (training.Count, test.Count));
        int[] windows = [.. Windows(training), .. Windows(test)];
        Assert.Equal(Enumerable.Range(0, 10), windows.Order());
        Assert.NotEqual(Enumerable.Range(0, 10), windows);
        Assert.Equal(windows[..count], Windows(sequences.Split(share, seed: 1).Training));
        Assert.NotEqual(windows[count..], Windows(sequences.Split(share, seed: 2).Test));
        inputs[windows[^1]][0] = 42;
        Assert.Equal([42], test.Inputs(test.Count - 1));

        static int[] Windows(Sequences<float, int> part) => [.. Enumerable.Range(0, part.Count).Select(k =>
        {
            Assert.Equal(part.Targets(k)[0], part.Inputs(k)[0]);
            return part.Targets(k)[0];
        })];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_split_has_two_parts(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>("training", () => new Sequences<float, int>(_inputs, _targets).Split(share, seed: 1));

    [Fact]
    public void There_may_be_none() => Assert.Equal(0, new Sequences<int, int>([], []).Count);

    [Fact]
    public void As_many_targets_as_inputs()
    {
        var e = Assert.Throws<ArgumentException>(() => new Sequences<float, int>(_inputs, _targets[..2]));

        Assert.Equal("targets", e.ParamName);
        Assert.Contains("Expected targets for 3 windows, found 2", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Sequences<float, int>(_inputs[..2], _targets));
    }

    [Fact]
    public void None_of_them_is_null()
    {
        Assert.Equal("inputs", Assert.Throws<ArgumentNullException>(() => new Sequences<float, int>(null!, _targets)).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentNullException>(() => new Sequences<float, int>(_inputs, null!)).ParamName);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_window_that_there_is_not(int index)
    {
        var sequences = new Sequences<float, int>(_inputs, _targets);

        Assert.ThrowsAny<Exception>(() => sequences.Inputs(index).Length);
        Assert.ThrowsAny<Exception>(() => sequences.Targets(index).Length);
    }
}
