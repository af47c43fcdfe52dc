using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Models;
using RnnGen.Tests.States;

namespace RnnGen.Tests.Calls;

/// <summary><see cref="NonFinite.Throw"/>: inputs that are not finite are refused, and the message says where they are.</summary>
[Collection(nameof(AllocationTests))]
public class NonFiniteThrowTests
{
    private readonly StrictLstm _model = new(seed: 1);
    private readonly StrictLstm.State _state;
    private readonly StrictLstm.Batch _batch;
    private readonly float[] _outputs = new float[9 * 6 * 2];

    public NonFiniteThrowTests()
    {
        _state = _model.CreateState();
        _batch = _model.CreateBatch(3);
        _model.Step(_state, [1, 2, 3], _outputs.AsSpan(0, 2));
        _batch.CopyIn(1, _state);
        Array.Fill(_outputs, 42);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_step(float bad, string text) => Refuses($"inputs[2] is {text}.", () => _model.Step(_state, [1, 2, bad], _outputs.AsSpan(0, 2)));

    [Fact]
    public void A_window()
    {
        float[] inputs = Inputs(steps: 5, bad: 7);
        Refuses("inputs[7] (step 2, input 1) is NaN.", () => _model.Forward(_state, inputs, _outputs.AsSpan(0, 10)));
        Refuses("inputs[7] (step 2, input 1) is NaN.", () => _model.Forward(_state, inputs, _model.CreateTape()));
        Refuses("inputs[7] (step 2, input 1) is NaN.", () => _model.Evaluate(_state, inputs, new float[10]));
        Refuses("inputs[7] (step 2, input 1) is NaN.", () => new StrictWindows(seed: 1).Forward(new StrictWindows(seed: 1).CreateState(), inputs, _outputs.AsSpan(0, 10)));
    }

    [Fact]
    public void A_step_of_a_batch() =>
        Refuses("inputs[5] (lane 1, input 2) is NaN.", () => _model.Step(_batch, Inputs(steps: 3, bad: 5), _outputs.AsSpan(0, 6)));

    [Fact]
    public void The_windows_of_a_batch()
    {
        Refuses("inputs[22] (lane 1, step 3, input 1) is NaN.", () => _model.Forward(_batch, Inputs(steps: 12, bad: 22), _outputs.AsSpan(0, 24)));
        Refuses("inputs[22] (lane 2, step 1, input 1) is NaN.", () => _model.Forward(_batch, Inputs(steps: 8, bad: 22), [4, 2, 2], _outputs.AsSpan(0, 16)));
        Refuses("inputs[22] (lane 2, step 1, input 1) is NaN.", () => _model.Evaluate(_batch, Inputs(steps: 8, bad: 22), [4, 2, 2], new float[16]));
    }

    [Fact]
    public void Training()
    {
        StrictLstm.Trainer trainer = _model.CreateTrainer(new Sgd(0.1f));
        float[] weights = _model.Parameters.ToArray();
        var data = new Sequences<float, float>([Inputs(2, bad: -1), Inputs(2, bad: 4)], [new float[4], new float[4]]);

        Refuses("inputs[7] (step 2, input 1) is NaN.", () => trainer.Train(_state, Inputs(steps: 5, bad: 7), new float[10]));
        var e = Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(data, null, new FitOptions { Updates = 3, BatchSize = 2, CheckData = DataCheck.Windows }));

        Assert.Contains("inputs[4] (step 1, input 1) is NaN.", e.ToString(), StringComparison.Ordinal);
        Assert.Contains("window 1", e.Message, StringComparison.OrdinalIgnoreCase);
        Same.Bits(weights, _model.Parameters, "weights");
    }

    [Fact]
    public void Finite_inputs_are_taken_and_nothing_is_allocated()
    {
        float[] inputs = Inputs(steps: 6, bad: -1);
        Allocations.None(() => _model.Step(_state, inputs.AsSpan(0, 3), _outputs.AsSpan(0, 2)), calls: 100);
        Allocations.None(() => _model.Forward(_batch, inputs, [1, 2, 3], _outputs.AsSpan(0, 12)), calls: 100);

        float[] expected = new float[12];
        new PlainLstm(seed: 1).Forward(new PlainLstm(seed: 1).CreateState(), inputs, expected);
        _model.Forward(_model.CreateState(), inputs, _outputs.AsSpan(0, 12));
        Same.Bits(expected, _outputs.AsSpan(0, 12), "outputs");
    }

    private void Refuses(string place, Action call)
    {
        float[] state = TestNumbers.Values(_state);
        float[][] lanes = [.. Enumerable.Range(0, 3).Select(lane => _batch[lane, "Lstm.c"].ToArray())];

        var e = Assert.Throws<ArgumentOutOfRangeException>("inputs", call);

        Assert.Contains(place, e.Message, StringComparison.Ordinal);
        Same.Bits(state, TestNumbers.Values(_state), "state");
        Assert.All(Enumerable.Range(0, 3), lane => Same.Bits(lanes[lane], _batch[lane, "Lstm.c"], "lane"));
        Assert.All(_outputs, value => Assert.Equal(42, value));
    }

    private static float[] Inputs(int steps, int bad)
    {
        float[] inputs = TestNumbers.Random(new Random(1), 3 * steps);
        if (bad >= 0)
        {
            inputs[bad] = float.NaN;
        }

        return inputs;
    }
}
