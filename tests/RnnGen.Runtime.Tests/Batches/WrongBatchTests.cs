using RnnGen.Tests.Calls;

namespace RnnGen.Tests.Batches;

public class WrongBatchTests
{
    private readonly TokenBatch _model = new(seed: 1);

    [Fact]
    public void Too_few_or_too_many_lanes()
    {
        foreach (int lanes in (int[])[-1, 0, 10])
        {
            var e = Assert.Throws<ArgumentOutOfRangeException>(() => _model.CreateBatch(lanes));

            Refused.Names(e, "lanes", 1, 9);
            Assert.Equal(lanes, e.ActualValue);
        }
    }

    [Fact]
    public void No_such_lane_or_state()
    {
        TokenBatch.Batch batch = _model.CreateBatch(3);
        foreach (int lane in (int[])[-1, 3])
        {
            Refused.Names(Assert.Throws<ArgumentOutOfRangeException>(() => batch.Reset(lane)), "lane", 0, 2);
            Refused.Names(Assert.Throws<ArgumentOutOfRangeException>(() => batch.CopyIn(lane, _model.CreateState())), "lane", 0, 2);
            Refused.Names(Assert.Throws<ArgumentOutOfRangeException>(() => batch.CopyOut(lane, _model.CreateState())), "lane", 0, 2);
        }

        Assert.Throws<ArgumentNullException>("state", () => batch.CopyIn(0, null!));
        Assert.Throws<ArgumentNullException>("state", () => batch.CopyOut(0, null!));
        Assert.Contains("'Hidden.h'", Assert.Throws<ArgumentException>("name", () => batch[0, "Hidden.c"].Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_of_the_wrong_length()
    {
        TokenBatch.Batch batch = _model.CreateBatch(3);

        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Step(batch, new int[2], new float[12])), "inputs", 3, 2);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Step(batch, new int[3], new float[11])), "outputs", 12, 11);
        Refused.Names(Assert.Throws<ArgumentOutOfRangeException>(() => _model.Step(batch, [0, 5, 1], new float[12])), "inputs", 4, 1);
        AssertZero(batch);
    }

    [Fact]
    public void Wrong_steps_of_many_streams()
    {
        TokenBatch.State[] states = [_model.CreateState(), _model.CreateState()];
        var general = (IRnnStreamingModel<int>)_model;

        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Step(states, new int[3], new float[8])), "inputs", 2, 3);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Step(states, new int[2], new float[7])), "outputs", 8, 7);
        Refused.Names(Assert.Throws<ArgumentOutOfRangeException>(() => _model.Step(states, [0, 5], new float[8])), "inputs", 4, 1);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Step((TokenBatch.State[])[states[0], null!], [0, 1], new float[8])), "states", 1);
        Refused.Names(Assert.Throws<ArgumentNullException>(() => general.Step((State[])[states[0], null!], [0, 1], new float[8])), "states");
        Refused.Names(Assert.Throws<ArgumentException>(() => general.Step((State[])[states[0], new TwoHeads(seed: 1).CreateState()], [0, 1], new float[8])), "states");
        Assert.All(states, state => Assert.All(state.Names, name => Assert.All(state[name].ToArray(), value => Assert.Equal(0, value))));
        _model.Step((TokenBatch.State[])[], [], []);
    }

    [Fact]
    public void Windows_of_the_wrong_length()
    {
        TokenBatch.Batch batch = _model.CreateBatch(3);
        TokenBatch.Tape tape = _model.CreateBatchTape();
        foreach (int length in (int[])[0, 2, 4, 21])
        {
            Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[length], tape)), "inputs", length);
            Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[length], new float[12])), "inputs", length);
        }

        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[6], new float[25])), "outputs", 24, 25);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[6], new float[25], tape)), "outputs", 24, 25);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[6], [2, 3], tape)), "inputs", 5, 6);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[6], Array.Empty<int>(), tape)), "lengths", 3, 0);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[6], [2, 2, 1, 1], tape)), "lengths", 3, 4);
        foreach (int length in (int[])[0, 7, -1])
        {
            var e = Assert.Throws<ArgumentOutOfRangeException>(() => _model.Forward(batch, new int[6], [2, length, 1], tape));
            Refused.Names(e, "lengths", 1, 6);
            Assert.Equal(length, e.ActualValue);
        }

        Assert.Equal(0, tape.Steps);
        AssertZero(batch);
    }

    [Fact]
    public void Windows_of_wrong_lengths_without_a_tape()
    {
        TokenBatch.Batch batch = _model.CreateBatch(3);

        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[6], [2, 3], new float[20])), "inputs", 5, 6);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[5], [2, 3], new float[21])), "outputs", 20, 21);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Forward(batch, new int[4], [1, 1, 1, 1], new float[16])), "lengths", 3, 4);
        Refused.Names(Assert.Throws<ArgumentOutOfRangeException>(() => _model.Forward(batch, [0, 5], [1, 1], new float[8])), "inputs", 4, 1);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Evaluate(batch, new int[6], [2, 3], new int[5])), "inputs", 5, 6);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Evaluate(batch, new int[5], [2, 3], new int[6])), "targets", 5, 6);
        Refused.Names(Assert.Throws<ArgumentOutOfRangeException>(() => _model.Evaluate(batch, new int[2], [1, 1], [0, 4])), "targets", 3, 1);
        Refused.Names(Assert.Throws<ArgumentOutOfRangeException>(() => _model.Evaluate(batch, new int[7], [7], new int[7])), "lengths", 1, 6);
        AssertZero(batch);
    }

    [Fact]
    public void Targets_of_several_heads_that_do_not_fit()
    {
        var model = new TwoHeadsBatch(seed: 1);
        TwoHeadsBatch.Batch batch = model.CreateBatch(2);
        TwoHeadsBatch.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));
        var x = new float[5 * 3];
        var good = new TwoHeadsBatch.WindowTargets(new int[2], new float[2]);
        TwoHeadsBatch.WindowTargets[][] wrong =
        [
            [good], [good, good, good], [good, good], [good, new(new int[3], new float[1])], [good, new((int[])[0, 3, 0], default)],
        ];
        string[] names = ["targets", "targets", "kindTargets", "valueTargets", "targets"];
        float[] weights = model.Parameters.ToArray();
        foreach ((TwoHeadsBatch.WindowTargets[] targets, string name) in wrong.Zip(names))
        {
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => model.Evaluate(batch, x, [2, 3], targets)).ParamName);
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => trainer.Train(x, [2, 3], targets)).ParamName);
        }

        Assert.All(batch[0, "Memory.h"].ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(0, trainer.Tape.TargetCount);
        Assert.Throws<InvalidOperationException>(() => trainer.Update());
        Assert.Equal(weights, model.Parameters.ToArray());
    }

    /// <summary>It has no memory for steps.</summary>
    [Fact]
    public void The_gradients_of_a_tape_are_no_streams()
    {
        TokenBatch.Batch gradients = _model.CreateBatchTape().InitialBatchGradients!;

        foreach (Action call in (Action[])
        [
            () => _model.Step(gradients, new int[9], new float[36]),
            () => _model.Forward(gradients, new int[9], new float[36]),
            () => _model.Forward(gradients, new int[1], [1], new float[4]),
            () => _model.Evaluate(gradients, new int[1], [1], new int[1]),
        ])
        {
            Assert.Contains("CreateBatch", Assert.Throws<ArgumentException>("batch", call).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_tape_that_does_not_fit()
    {
        TokenBatch.Batch batch = _model.CreateBatch(3);

        Assert.Contains("CreateBatchTape", Assert.Throws<ArgumentException>("tape", () => _model.Forward(batch, new int[6], _model.CreateTape())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("tape", () => _model.Forward(batch, new int[6], new TokenBatch(2).CreateBatchTape()));
        Assert.Throws<ArgumentNullException>("tape", () => _model.Forward(batch, new int[6], (TokenBatch.Tape)null!));
        Assert.Throws<ArgumentNullException>("batch", () => _model.Forward((TokenBatch.Batch)null!, new int[6], _model.CreateBatchTape()));
        AssertZero(batch);
    }

    [Fact]
    public void Targets_and_gradients_that_do_not_fit()
    {
        TokenBatch.Tape tape = _model.CreateBatchTape();
        _model.Forward(_model.CreateBatch(3), new int[6], [1, 3, 2], tape);

        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Backward(tape, new int[5])), "targets", 6, 5);
        Refused.Names(Assert.Throws<ArgumentOutOfRangeException>(() => _model.Backward(tape, [0, 0, 4, 0, 0, 0])), "targets", 3, 2);
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Backward(tape, new float[23], finalStateGradients: null)), "outputGradients", 24, 23);
        Assert.Throws<ArgumentException>("finalStateGradients", () => _model.Backward(tape, new float[24], _model.CreateState()));
        Refused.Names(Assert.Throws<ArgumentException>(() => _model.Backward(tape, new float[24], _model.CreateBatch(2))), "finalStateGradients", 3, 2);
        Assert.Equal(0, tape.TargetCount);
        Assert.All(tape.Gradients.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Gradients_of_a_batch_for_a_single_window()
    {
        TokenBatch.Tape tape = _model.CreateBatchTape();
        Assert.Throws<InvalidOperationException>(() => _model.Backward(tape, new float[4], _model.CreateBatch(1)));
        _model.Forward(_model.CreateState(), new int[1], tape);

        Assert.Throws<InvalidOperationException>(() => _model.Backward(tape, new float[4], _model.CreateBatch(1)));
    }

    private static void AssertZero(TokenBatch.Batch batch)
    {
        for (int lane = 0; lane < batch.Lanes; lane++)
        {
            Assert.All(batch[lane, "Hidden.h"].ToArray(), value => Assert.Equal(0, value));
        }
    }
}
