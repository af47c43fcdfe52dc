using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

[RnnModel(inputSize: 2, sequenceLength: 6)]
internal sealed partial class LearnsStart
{
    [Lstm(5, LearnInitialState = true)]
    public partial Layer Low { get; }

    [Gru(3)]
    public partial Layer High { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 2, sequenceLength: 6)]
internal sealed partial class LearnsStartBothWays
{
    [Gru(4, LearnInitialState = true, Direction = Direction.Bidirectional, Layers = 2)]
    public partial Layer Low { get; }

    [Linear(1)]
    public partial Layer Out { get; }
}

/// <summary>When a stream starts from learned initial states, their values, and their training.</summary>
[Collection(nameof(AllocationTests))]
public class LearnedStateTests
{
    private static readonly float[] X = [.. Enumerable.Range(0, 12).Select(k => (k % 5 * 0.3f) - 0.6f)];

    private static readonly float[] Targets = [0.5f, -0.5f, 0.25f, 1, 0, -1];

    private static readonly float[] H = [0.5f, -0.5f, 0.25f, 0.75f, -0.125f];

    [Fact]
    public void Parameters_have_names_of_their_own_and_begin_with_zeros()
    {
        var model = new LearnsStart(seed: 1);
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "initial_h_l0", "initial_c_l0"], model.Low.Parameters.Select(p => p.Name));
        Assert.Equal([5], model.Low["initial_c_l0"].Shape);
        Assert.Equal(new float[5], Values(model.Low["initial_c_l0"]));

        model.Initialize(WeightInitialization.Keras, seed: 3);
        Assert.Equal(new float[5], Values(model.Low["initial_h_l0"]));

        Assert.Equal(
            ["initial_h_l0", "initial_h_l0_reverse", "initial_h_l1", "initial_h_l1_reverse"],
            new LearnsStartBothWays(seed: 1).Low.Parameters.Select(p => p.Name).Where(n => n.StartsWith("initial", StringComparison.Ordinal)));
        Assert.Equal(LearnsStart.ParameterCount, model.Layers.SelectMany(l => l.Parameters).Sum(p => p.Count));
    }

    [Fact]
    public void A_checkpoint_keeps_them()
    {
        using var folder = new TemporaryFolder();
        LearnsStart model = Started();
        model.Save(folder.File("model.safetensors"));
        LearnsStart loaded = LearnsStart.Load(folder.File("model.safetensors"));

        Assert.Equal(H, loaded.CreateState()["Low.h"].ToArray());
        Assert.Equal(Run(model, model.CreateState()), Run(loaded, loaded.CreateState()));
    }

    [Fact]
    public void A_stream_starts_from_them_when_it_is_created_or_reset()
    {
        LearnsStart model = Started();
        LearnsStart.State set = model.CreateState();
        set["Low.h"].Fill(0);
        H.CopyTo(set["Low.h"]);
        set["Low.c"].Fill(0.25f);
        float[] expected = Run(model, set);

        LearnsStart.State state = model.CreateState();
        Assert.Equal(expected, Run(model, state));
        state.Reset();
        Assert.Equal(expected, Run(model, state));
        state.Reset();
        Assert.Equal(H, state["Low.h"].ToArray());
        Assert.Equal(new float[3], state["High.h"].ToArray());

        var y = new float[6];
        model.Forward(model.CreateState(), X, y, model.CreateTape());
        Same.About(expected, y, 1e-6, "recorded");
        y.AsSpan().Clear();
        state.Reset();
        for (int step = 0; step < 6; step++)
        {
            model.Step(state, X.AsSpan(step * 2, 2), y.AsSpan(step, 1));
        }

        Assert.Equal(expected, y);
    }

    [Fact]
    public void A_stream_that_has_not_begun_follows_the_weights()
    {
        LearnsStart model = Started();
        LearnsStart.State early = model.CreateState();
        var values = new float[early.Count];
        early.CopyTo(values);
        Assert.Equal(H, values[..5]);

        model.Low["initial_h_l0"].CopyFrom([1, 2, 3, 4, 5]);
        early.CopyTo(values);
        Assert.Equal([1f, 2, 3, 4, 5], values[..5]);
        Assert.Equal(Run(model, model.CreateState()), Run(model, early));

        // A clone's stream begins as the clone has learned, whoever created it.
        LearnsStart clone = Started();
        Assert.Equal(Run(clone, clone.CreateState()), Run(clone, model.CreateState()));
    }

    [Fact]
    public void A_window_from_the_start_trains_them_and_one_that_is_carried_on_does_not()
    {
        LearnsStart model = Started();
        LearnsStart.Tape tape = model.CreateTape();
        LearnsStart.State state = model.CreateState();
        float[] Trained()
        {
            tape.Clear();
            model.Forward(state, X, tape);
            model.Backward(tape, Targets);
            var gradient = new float[5];
            tape.CopyGradient(model.Low["initial_h_l0"], gradient);
            return gradient;
        }

        float[] first = Trained();
        Assert.All(first, g => Assert.NotEqual(0, g));
        Assert.Equal(tape.InitialStateGradients["Low.h"].ToArray(), first);

        Assert.Equal(new float[5], Trained());
        Assert.NotEqual(0, tape.InitialStateGradients["Low.h"][0]);

        state.Reset();
        Assert.Equal(first, Trained());
    }

    [Fact]
    public void A_stream_that_was_set_does_not_train_them()
    {
        LearnsStart model = Started();
        LearnsStart.State fresh = model.CreateState();
        var numbers = new float[fresh.Count];
        fresh.CopyTo(numbers);
        byte[] bytes = fresh.ToBytes();

        Assert.True(Trains(s => s.CopyFrom(fresh)));
        Assert.True(Trains(s => s.CopyTo(numbers)));
        Assert.True(Trains(_ => { }));
        Assert.False(Trains(s => s["Low.h"].Fill(0)));
        Assert.False(Trains(s => s.StartFrom(numbers)));
        Assert.False(Trains(s => s.StartFrom(fresh)));
        Assert.False(Trains(s => s.Restore(bytes)));

        LearnsStart.State fork = fresh.Fork();
        Assert.Equal(Run(model, model.CreateState()), Run(model, fork));

        bool Trains(Action<LearnsStart.State> set)
        {
            LearnsStart.State state = model.CreateState();
            set(state);
            LearnsStart.Tape tape = model.CreateTape();
            model.Forward(state, X, tape);
            model.Backward(tape, Targets);
            var gradient = new float[5];
            tape.CopyGradient(model.Low["initial_c_l0"], gradient);
            return gradient.Any(g => g != 0);
        }
    }

    [Fact]
    public void Numbers_of_a_stream_at_its_start_are_handed_over()
    {
        LearnsStart model = Started();
        LearnsStart.State fresh = model.CreateState();
        float[] expected = Run(model, model.CreateState());

        LearnsStart.State started = model.CreateState();
        started.StartFrom(fresh);
        Assert.Equal(expected, Run(model, started));

        LearnsStart.State restored = model.CreateState();
        restored.Restore(model.CreateState().ToBytes());
        Assert.Equal(expected, Run(model, restored));
    }

    [Fact]
    public void Training_finds_a_start_and_a_frozen_layer_keeps_its_own()
    {
        var model = new LearnsStart(seed: 1);
        LearnsStart.Trainer trainer = model.CreateTrainer(new Adam(0.05f));
        float loss = 0;
        for (int update = 0; update < 200; update++)
        {
            loss = trainer.Train(X, Targets);
        }

        Assert.All(Values(model.Low["initial_h_l0"]), v => Assert.NotEqual(0, v));
        Assert.True(loss < 0.05, $"loss {loss}");
        Assert.Equal(loss, model.Evaluate(model.CreateState(), X, Targets).Loss, 0.02);

        model.Low.Frozen = true;
        float[] before = Values(model.Low["initial_h_l0"]);
        trainer.Train(X, Targets);
        Assert.Equal(before, Values(model.Low["initial_h_l0"]));
    }

    [Fact]
    public void A_resumed_training_ends_with_the_same_start()
    {
        using var folder = new TemporaryFolder();
        LearnsStart.Trainer whole = Started().CreateTrainer(new Adam(0.01f));
        LearnsStart.Trainer first = Started().CreateTrainer(new Adam(0.01f));
        LearnsStart.Trainer second = new LearnsStart(seed: 2).CreateTrainer(new Adam(0.01f));
        whole.Train(X, Targets);
        whole.Train(X, Targets);
        first.Train(X, Targets);
        first.Save(folder.File("training"));
        second.Resume(folder.File("training"));
        second.Train(X, Targets);

        Same.Bits(whole.Model.Parameters, second.Model.Parameters, "weights");
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        LearnsStart model = Started();
        LearnsStart.Trainer trainer = model.CreateTrainer(new Adam(0.01f));
        LearnsStart.State state = model.CreateState();
        var y = new float[6];
        Allocations.None(() => trainer.Train(X, Targets), 50);
        Allocations.None(
            () =>
            {
                state.Reset();
                model.Step(state, X.AsSpan(0, 2), y.AsSpan(0, 1));
                state.Reset();
                model.Forward(state, X, y);
                state.Reset();
                model.Evaluate(state, X, Targets);
            },
            50);
    }

    private static LearnsStart Started()
    {
        var model = new LearnsStart(seed: 1);
        model.Low["initial_h_l0"].CopyFrom(H);
        model.Low["initial_c_l0"].CopyFrom([0.25f, 0.25f, 0.25f, 0.25f, 0.25f]);
        return model;
    }

    private static float[] Run(LearnsStart model, LearnsStart.State state)
    {
        var y = new float[6];
        model.Forward(state, X, y);
        return y;
    }

    private static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        return values;
    }
}
