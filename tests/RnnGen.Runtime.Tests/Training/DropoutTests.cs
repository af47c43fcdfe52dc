using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Checkpoints;

namespace RnnGen.Tests.Training;

[RnnModel(inputSize: 20, sequenceLength: 50)]
internal sealed partial class DropInput
{
    [Dropout(0.25)]
    public partial Layer Dropped { get; }

    [Linear(20, Bias = false)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 20, sequenceLength: 50)]
internal sealed partial class DropSame
{
    [Dropout(0.25, Variational = true)]
    public partial Layer Dropped { get; }

    [Linear(20, Bias = false)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class DropBetween
{
    [Lstm(9, Direction = Direction.Bidirectional)]
    public partial Layer Low { get; }

    [Dropout(0.5)]
    public partial Layer Between { get; }

    [Gru(5, ReturnSequences = false)]
    public partial Layer High { get; }

    [Dropout(0.25)]
    public partial Layer Last { get; }

    [Linear(2)]
    public partial Layer Out { get; }
}

[Collection(nameof(AllocationTests))]
public class DropoutTests
{
    private const int Steps = 50;

    private const int Size = 20;

    private static readonly float[] X = [.. Enumerable.Range(0, Steps * Size).Select(k => 1f + (k % 7))];

    [Fact]
    public void Numbers_are_dropped_or_scaled_in_training_and_so_are_their_gradients()
    {
        DropInput model = Identity();
        DropInput.Tape tape = model.CreateTape();
        var y = new float[X.Length];
        model.Forward(model.CreateState(), X, y, tape);
        float[] mask = Mask(y);

        Assert.All(mask, m => Assert.True(m == 0 || Math.Abs(m - (1 / 0.75f)) < 1e-6f));

        // 1,000 numbers at 0.25: 250, deviation 14.
        Assert.InRange(mask.Count(m => m == 0), 190, 310);
        Assert.NotEqual(mask[..Size], mask[Size..(2 * Size)]);

        float[] gradients = [.. Enumerable.Range(0, y.Length).Select(k => 0.5f + (k % 3))];
        model.Backward(tape, gradients, null);
        for (int k = 0; k < y.Length; k++)
        {
            Assert.Equal(gradients[k] * mask[k], tape.InputGradients[k], 1e-5f);
        }
    }

    [Fact]
    public void Variational_dropout_takes_the_same_numbers_at_every_step()
    {
        var model = new DropSame(seed: 1);
        model.Out["weight"].CopyFrom(Eye());
        DropSame.Tape tape = model.CreateTape();
        var y = new float[X.Length];
        model.Forward(model.CreateState(), X, y, tape);
        float[] first = Mask(y)[..Size];

        Assert.InRange(first.Count(m => m == 0), 1, Size - 1);
        Assert.All(Mask(y).Chunk(Size), mask => Assert.Equal(first, mask));

        float[] gradients = [.. Enumerable.Repeat(1f, y.Length)];
        model.Backward(tape, gradients, null);
        Assert.All(tape.InputGradients.ToArray().Chunk(Size), rows => Assert.Equal(first, rows));

        model.Forward(model.CreateState(), X, y, tape);
        Assert.NotEqual(first, Mask(y)[..Size]);
    }

    [Fact]
    public void Nothing_is_dropped_where_nothing_is_recorded()
    {
        DropInput model = Identity();
        var y = new float[X.Length];
        model.Forward(model.CreateState(), X, y);
        Assert.Equal(X, y);

        model.Step(model.CreateState(), X.AsSpan(0, Size), y.AsSpan(0, Size));
        Assert.Equal(X[..Size], y[..Size]);
        Assert.Equal(0, model.Evaluate(model.CreateState(), X, X).Loss);
    }

    [Fact]
    public void The_seed_of_the_tape_says_what_is_dropped()
    {
        DropInput model = Identity();
        float[] Dropped(int seed)
        {
            DropInput.Tape tape = model.CreateTape();
            tape.Seed(seed);
            var y = new float[X.Length];
            model.Forward(model.CreateState(), X, y, tape);
            return y;
        }

        Assert.Equal(Dropped(3), Dropped(3));
        Assert.NotEqual(Dropped(3), Dropped(4));
    }

    [Fact]
    public void A_resumed_training_drops_what_the_other_would_have_dropped()
    {
        using var folder = new TemporaryFolder();
        float[] x = [.. Enumerable.Range(0, 18).Select(k => k * 0.1f)];
        DropBetween.Trainer whole = new DropBetween(seed: 1).CreateTrainer(new Adam(0.01f));
        DropBetween.Trainer first = new DropBetween(seed: 1).CreateTrainer(new Adam(0.01f));
        DropBetween.Trainer second = new DropBetween(seed: 2).CreateTrainer(new Adam(0.01f));
        for (int update = 0; update < 8; update++)
        {
            whole.Train(x, [1, -1]);
        }

        for (int update = 0; update < 3; update++)
        {
            first.Train(x, [1, -1]);
        }

        first.Save(folder.File("training"));
        second.Resume(folder.File("training"));
        for (int update = 0; update < 5; update++)
        {
            second.Train(x, [1, -1]);
        }

        Assert.True(second.Model.Parameters.SequenceEqual(whole.Model.Parameters));
    }

    [Fact]
    public void Gradients_through_layers_are_those_of_the_masked_network()
    {
        // In single precision and along random directions, with the same masks for every run.
        var model = new DropBetween(seed: 4);
        DropBetween.Tape tape = model.CreateTape();
        float[] x = [.. Enumerable.Range(0, 18).Select(k => ((k * 5) % 11 * 0.1f) - 0.5f)];
        double Loss(float[] inputs)
        {
            tape.Seed(9);
            var y = new float[2];
            model.Forward(model.CreateState(), inputs, y, tape);
            return y[0] - (2.0 * y[1]);
        }

        Loss(x);
        model.Backward(tape, [1, -2], null);
        float[] gradient = tape.InputGradients.ToArray();
        Assert.Contains(gradient, g => g != 0);
        for (int k = 0; k < x.Length; k++)
        {
            float[] above = [.. x];
            float[] below = [.. x];
            above[k] += 0.01f;
            below[k] -= 0.01f;
            Assert.Equal((Loss(above) - Loss(below)) / 0.02, gradient[k], 2e-4);
        }
    }

    [Fact]
    public void A_training_step_allocates_nothing()
    {
        DropBetween.Trainer trainer = new DropBetween(seed: 1).CreateTrainer(new Adam(0.01f));
        float[] x = new float[18];
        float[] target = [1, 2];
        Allocations.None(() => trainer.Train(x, target), 200);
    }

    private static DropInput Identity()
    {
        var model = new DropInput(seed: 1);
        model.Out["weight"].CopyFrom(Eye());
        return model;
    }

    private static float[] Eye() => [.. Enumerable.Range(0, Size * Size).Select(k => k / Size == k % Size ? 1f : 0)];

    private static float[] Mask(float[] y) => [.. y.Zip(X, (a, b) => a / b)];
}
