namespace RnnGen.Samples.Tests;

// What follows is on the page docs/training.md, word for word.
// <page>
/// <summary>Lion (Chen et al. 2023): the sign of a mean of gradients, with decoupled weight decay.</summary>
public sealed record Lion(float LearningRate = 1e-4f) : OptimizerSettings(LearningRate)
{
    public float Beta1 { get; init; } = 0.9f;
    public float Beta2 { get; init; } = 0.99f;
    public float WeightDecay { get; init; }

    protected override float Decay => WeightDecay;

    public override Optimizer CreateOptimizer(IRnnModel model) => new LionOptimizer(this, model);

    private sealed class LionOptimizer(Lion settings, IRnnModel model) : Optimizer<Rule>(settings, model, new Moment("exp_avg"))
    {
        protected override Rule NextRule(float learningRate) => new(learningRate, settings.Beta1, settings.Beta2);
    }

    private readonly struct Rule(float rate, float beta1, float beta2) : IUpdateRule
    {
        public static int Moments => 1;

        public T Next<T>(T weights, T gradient, ref T first, ref T second)
            where T : struct, IArithmetic<T>
        {
            T direction = T.Sign((T.Of(beta1) * first) + (T.Of(1 - beta1) * gradient));
            first = T.Flush((T.Of(beta2) * first) + (T.Of(1 - beta2) * gradient));
            return weights - (T.Of(rate) * direction);
        }
    }
}

/// <summary>Halves the rate whenever a validation is no better than the best one.</summary>
public sealed record HalvingSchedule : Schedule
{
    public override bool NeedsValidation => true;               // Fit refuses a training without

    public override double Rate(double initial, long updates) => initial;

    public override void Report(ScheduleProgress progress, float loss)
    {
        if (loss < progress.BestLoss)
        {
            progress.BestLoss = loss;
        }
        else
        {
            progress.LearningRate /= 2;
        }
    }
}
// </page>

/// <summary>The documentation's code for any model, and its optimizer and schedule, which know the library from outside.</summary>
public class TrainingPageTests
{
    private static readonly float[] Dishes = [1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1];
    private static readonly int[] Next = [1, 2, 0, 1, 2, 0];

    // <page>
    /// <summary>Trains any model with a head on one window.</summary>
    static float Train<TInput, TTarget>(IRnnModel<TInput, TTarget> model, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets, int updates)
    {
        State state = model.CreateState();
        Tape tape = model.CreateTape();
        Optimizer optimizer = new Adam(0.02f) { ClipNorm = 5 }.CreateOptimizer(model);
        float loss = float.NaN;
        for (int update = 0; update < updates; update++)
        {
            state.Reset();
            model.Forward(state, inputs, tape);
            loss = model.Backward(tape, targets);
            optimizer.Update(tape);
        }

        return loss;
    }

    /// <summary>Streams a sequence of any length through any model that can be streamed.</summary>
    static float[] Run<TInput>(IRnnStreamingModel<TInput> model, ReadOnlySpan<TInput> inputs)
    {
        State state = model.CreateState();
        int width = model.GetInputLength(steps: 1);                 // one token, or InputSize numbers
        var outputs = new float[inputs.Length / width * model.OutputSize];
        for (int step = 0; step < inputs.Length / width; step++)
        {
            model.Step(state, inputs.Slice(step * width, width), outputs.AsSpan(step * model.OutputSize, model.OutputSize));
        }

        return outputs;
    }
    // </page>

    [Fact]
    public void Is_on_the_page()
    {
        string page = File.ReadAllText(Path.Combine(Sample.Root(), "docs", "training.md"));
        string[] source = File.ReadAllLines(Path.Combine(Sample.Root(), "tests", "RnnGen.Samples.Tests", "TrainingPageTests.cs"));
        int start = -1;
        for (int line = 0; line < source.Length; line++)
        {
            if (source[line].TrimStart() == "// <page>")
            {
                start = line + 1;
            }
            else if (source[line].TrimStart() == "// </page>")
            {
                int indent = source[start].Length - source[start].TrimStart().Length;
                string code = string.Join('\n', source[start..line].Select(text => text.Length < indent ? text : text[indent..]));
                Assert.Contains(code, page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            }
        }

        Assert.True(start > 0);
    }

    [Fact]
    public void Any_model_is_trained_and_streamed()
    {
        Assert.True(Train<float, int>(new global::Kitchen(seed: 1), Dishes, Next, 300) < 0.05f);
        Assert.True(Train<int, int>(new global::Hello(seed: 1), [0, 1, 2, 2], [1, 2, 2, 3], 300) < 0.05f);

        var kitchen = new global::Kitchen(seed: 1);
        var outputs = new float[18];
        kitchen.Forward(kitchen.CreateState(), Dishes, outputs);
        Assert.All(Run<float>(kitchen, Dishes).Zip(outputs), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.Equal(16, Run<int>(new global::Hello(seed: 1), [0, 1, 2, 2]).Length);
    }

    [Fact]
    public void The_optimizer_is_its_equations()
    {
        var settings = new Lion(0.01f) { Beta1 = 0.8f, Beta2 = 0.95f, WeightDecay = 0.1f };
        var model = new global::Kitchen(seed: 1);
        global::Kitchen.Trainer trainer = model.CreateTrainer(settings);
        Parameter[] parameters = [.. model.Layers.SelectMany(layer => layer.Parameters)];
        double[][] means = [.. parameters.Select(parameter => new double[parameter.Count])];
        for (int update = 0; update < 20; update++)
        {
            trainer.Accumulate(Dishes, Next);
            float[][] before = [.. parameters.Select(Values)];
            float[][] gradients = [.. parameters.Select(parameter => Gradient(trainer.Tape, parameter))];

            trainer.Update();

            for (int p = 0; p < parameters.Length; p++)
            {
                float[] after = Values(parameters[p]);
                for (int k = 0; k < after.Length; k++)
                {
                    double gradient = gradients[p][k] / (double)Next.Length;
                    double direction = (0.8 * means[p][k]) + (0.2 * gradient);
                    means[p][k] = (0.95 * means[p][k]) + (0.05 * gradient);

                    // Where the sign hangs on the last bits, either is right.
                    if (Math.Abs(direction) > 1e-7)
                    {
                        Assert.Equal((before[p][k] * (1 - (0.01 * 0.1))) - (0.01 * Math.Sign(direction)), after[k], 1e-6);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_training_with_them_is_resumed_bit_for_bit()
    {
        var settings = new Lion(0.01f) { ClipNorm = 1, Schedule = new HalvingSchedule() };
        var data = new Sequences<float, int>([Dishes], [Next]);
        var other = new Sequences<float, int>([Dishes], [[2, 2, 2, 2, 2, 2]]);
        var options = new FitOptions { Updates = 20, ValidateEvery = 2 };
        global::Kitchen.Trainer whole = new global::Kitchen(seed: 1).CreateTrainer(settings);
        whole.Fit(data, other, options);
        global::Kitchen.Trainer first = new global::Kitchen(seed: 1).CreateTrainer(settings);
        first.Fit(data, other, options with { Updates = 11 });
        var file = new MemoryStream();
        first.Save(file);
        global::Kitchen.Trainer second = new global::Kitchen(seed: 2).CreateTrainer(settings);
        second.Resume(file.ToArray());
        second.Fit(data, other, options);

        Assert.Equal(whole.Model.Parameters.ToArray(), second.Model.Parameters.ToArray());
        Assert.Equal(whole.Optimizer.LearningRate, second.Optimizer.LearningRate);
        Assert.True(whole.Optimizer.LearningRate < 0.01f);

        CheckpointException e = Assert.Throws<CheckpointException>(() => new global::Kitchen(seed: 2).CreateTrainer(new Sgd(0.1f)).Resume(file.ToArray()));
        Assert.Equal(CheckpointReason.TrainingState, e.Reason);
        Assert.Contains("Lion", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_that_is_not_finite_changes_nothing()
    {
        var model = new global::Kitchen(seed: 1);
        model.Memory.Frozen = true;
        float[] frozen = Values(model.Memory["weight_hh_l0"]);
        global::Kitchen.Trainer trainer = model.CreateTrainer(new Lion(0.01f));
        trainer.Train(Dishes, Next);
        Assert.Equal(frozen, Values(model.Memory["weight_hh_l0"]));
        float[] weights = model.Parameters.ToArray();

        Assert.Equal(float.NaN, trainer.Train([.. Dishes.Select(_ => float.NaN)], Next));

        Assert.Equal(1, trainer.SkippedUpdates);
        Assert.Equal(weights, model.Parameters.ToArray());

        // Weights that would overflow.
        model.Tomorrow["bias"].CopyFrom([3e38f, 3e38f, 0]);
        weights = model.Parameters.ToArray();
        Optimizer far = new Lion(3e38f).CreateOptimizer(model);
        global::Kitchen.Tape tape = model.CreateTape();
        model.Forward(model.CreateState(), Dishes, tape);
        model.Backward(tape, [-1, -1, -1, -1, -1, 1]);
        Assert.False(far.Update(tape));
        Assert.Equal(weights, model.Parameters.ToArray());
    }

    [Fact]
    public void An_optimizer_that_does_not_fit_its_rule_is_refused()
    {
        var model = new global::Kitchen(seed: 1);
        Assert.Throws<ArgumentException>("moments", () => new Restless([]).CreateOptimizer(model));
        Assert.Throws<ArgumentException>("moments", () => new Restless([new("a"), new("a")]).CreateOptimizer(model));
        Assert.Throws<ArgumentException>("moments", () => new Restless([new("a"), new("")]).CreateOptimizer(model));
        global::Kitchen.Trainer trainer = model.CreateTrainer(new Restless([new("a"), new("b")]));
        Assert.Throws<InvalidOperationException>(() => trainer.Train(Dishes, Next));
    }

    private static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        return values;
    }

    private static float[] Gradient(Tape tape, Parameter parameter)
    {
        var values = new float[parameter.Count];
        tape.CopyGradient(parameter, values);
        return values;
    }

    /// <summary>Moves every weight, also the zeros between them.</summary>
    private sealed record Restless(Moment[] Kept) : OptimizerSettings(0.1f)
    {
        public override Optimizer CreateOptimizer(IRnnModel model) => new RestlessOptimizer(this, model);

        private sealed class RestlessOptimizer(Restless settings, IRnnModel model) : Optimizer<Rule>(settings, model, settings.Kept)
        {
            protected override Rule NextRule(float learningRate) => default;
        }

        private readonly struct Rule : IUpdateRule
        {
            public static int Moments => 2;

            public T Next<T>(T weights, T gradient, ref T first, ref T second)
                where T : struct, IArithmetic<T> => weights + T.Of(0.1f);
        }
    }
}
