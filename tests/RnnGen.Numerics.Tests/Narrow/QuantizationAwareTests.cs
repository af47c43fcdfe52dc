using RnnGen.Comparing;

namespace RnnGen.Numerics.Tests.Narrow;

/// <summary>Training that knows of the rounding: gradients of the rounded network, applied to the weights themselves.</summary>
public sealed class QuantizationAwareTests
{
    public static TheoryData<string> Names => [.. Models.Keys];

    private static readonly Dictionary<string, Func<IRnnModel<float, float>>> Models = new()
    {
        ["HalfLstm"] = () => new HalfLstm(seed: 1),
        ["ByteStack"] = () => new ByteStack(seed: 1),
        ["NibbleLstm"] = () => new NibbleLstm(seed: 1),
        ["NibbleStack"] = () => new NibbleStack(seed: 1),
        ["MixedStack"] = () => new MixedStack(seed: 1),
    };

    /// <summary>Recorded passes of a class read floats, so those of rounded weights are the same class without the option.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_those_of_the_rounded_network(string name)
    {
        IRnnModel<float, float> model = Models[name]();
        using var trainer = new Trainer<float, float>(model, new Sgd(0.1f)) { QuantizationAware = true };
        using var rounded = new Trainer<float, float>(Rounded(model), new Sgd(0.1f));
        using var plain = new Trainer<float, float>(Models[name](), new Sgd(0.1f));
        float[] weights = model.Parameters.ToArray();

        // Two windows: gradients are accumulated.
        for (int window = 0; window < 2; window++)
        {
            float loss = trainer.Accumulate(Inputs(model, window), Targets(model, window));
            Assert.Equal(rounded.Accumulate(Inputs(model, window), Targets(model, window)), loss);
            Assert.NotEqual(plain.Accumulate(Inputs(model, window), Targets(model, window)), loss);
            Assert.Equal(weights, model.Parameters.ToArray());
        }

        Assert.Equal(rounded.Tape.Gradients.ToArray(), trainer.Tape.Gradients.ToArray());
        Assert.NotEqual(plain.Tape.Gradients.ToArray(), trainer.Tape.Gradients.ToArray());

        // The update of the rounded network, from the weights themselves.
        float[] before = rounded.Model.Parameters.ToArray();
        trainer.Update();
        rounded.Update();
        float[] step = [.. rounded.Model.Parameters.ToArray().Zip(before, (after, start) => after - start)];
        Assert.All(model.Parameters.ToArray().Select((weight, k) => (weight - weights[k], step[k])), pair => Assert.Equal(pair.Item2, pair.Item1, 1e-6f));

        // What comes after an update is rounded anew.
        Assert.NotEqual(weights, model.Parameters.ToArray());
        using var next = new Trainer<float, float>(Rounded(model), new Sgd(0.1f));
        Assert.Equal(next.Accumulate(Inputs(model, 3), Targets(model, 3)), trainer.Accumulate(Inputs(model, 3), Targets(model, 3)));
    }

    /// <summary>Lanes, workers, carried states: everything that accumulates.</summary>
    [Fact]
    public void Batches_and_workers_read_rounded_weights()
    {
        var model = new NibbleLanes(seed: 1);
        NibbleLanes rounded = Rounded(model);
        using NibbleLanes.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));
        using NibbleLanes.Trainer other = rounded.CreateTrainer(new Sgd(0.1f));
        trainer.QuantizationAware = true;
        (Sequences<float, float> data, int[] windows) = (Windows(model, 36), [.. Enumerable.Range(0, 36)]);
        foreach (int workers in (int[])[1, 2])
        {
            (trainer.Workers, other.Workers) = (workers, workers);
            Assert.Equal(other.Accumulate(data, windows), trainer.Accumulate(data, windows));
            Assert.Equal(other.Tape.Gradients.ToArray(), trainer.Tape.Gradients.ToArray());
        }

        float[] three = [.. Enumerable.Range(0, 3).SelectMany(window => Inputs(model, window))];
        float[] targets = [.. Enumerable.Range(0, 3).SelectMany(window => Targets(model, window))];
        (NibbleLanes.Batch carried, NibbleLanes.Batch carriedToo) = (model.CreateBatch(3), rounded.CreateBatch(3));
        Assert.Equal(other.Accumulate(three, [20, 20, 20], targets), trainer.Accumulate(three, [20, 20, 20], targets));
        Assert.Equal(other.Accumulate(carriedToo, three, [20, 20, 20], targets), trainer.Accumulate(carried, three, [20, 20, 20], targets));
        Assert.Equal(other.Tape.Gradients.ToArray(), trainer.Tape.Gradients.ToArray());

        State state = model.CreateState();
        State stateToo = rounded.CreateState();
        Assert.Equal(other.Accumulate(stateToo, Inputs(model, 1), Targets(model, 1)), trainer.Accumulate(state, Inputs(model, 1), Targets(model, 1)));
        Assert.Equal(stateToo["Gru.h"].ToArray(), state["Gru.h"].ToArray());
        Assert.Equal(new NibbleLanes(seed: 1).Parameters.ToArray(), model.Parameters.ToArray());
    }

    [Fact]
    public void Models_with_several_heads_read_rounded_weights()
    {
        var model = new HalfHeads(seed: 1);
        using HalfHeads.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));
        using HalfHeads.Trainer rounded = Rounded(model).CreateTrainer(new Sgd(0.1f));
        trainer.QuantizationAware = true;
        float[] events = [.. Enumerable.Range(0, 60).Select(k => k % 2f)];
        Assert.Equal(rounded.Accumulate(Inputs(model, 1), events, [2]), trainer.Accumulate(Inputs(model, 1), events, [2]));
        Assert.Equal(rounded.Tape.Gradients.ToArray(), trainer.Tape.Gradients.ToArray());
        trainer.Update();
        using HalfHeads.Trainer next = Rounded(model).CreateTrainer(new Sgd(0.1f));
        Assert.Equal(next.Accumulate(Inputs(model, 2), events, [3]), trainer.Accumulate(Inputs(model, 2), events, [3]));
    }

    /// <summary>A training that is interrupted goes on as if it had not been, with its average; files have the weights themselves.</summary>
    [Fact]
    public void A_resumed_training_is_the_same()
    {
        var whole = new NibbleLanes(seed: 1);
        Sequences<float, float> data = Windows(whole, 30);
        using NibbleLanes.Trainer trainer = Trainer(whole);
        trainer.Fit(data, data, new FitOptions { Updates = 12, Quiet = true, RestoreBestWeights = true, ValidateEvery = 4 });

        var file = new MemoryStream();
        var half = new NibbleLanes(seed: 1);
        using NibbleLanes.Trainer first = Trainer(half);
        first.Fit(data, data, new FitOptions { Updates = 6, Quiet = true, RestoreBestWeights = false, ValidateEvery = 4 });
        first.Save(file);
        Assert.Equal(half.Parameters.ToArray(), NibbleLanes.Load(file.ToArray()).Parameters.ToArray());

        var resumed = new NibbleLanes(seed: 2);
        using NibbleLanes.Trainer second = Trainer(resumed);
        second.Resume(file.ToArray());
        second.Fit(data, data, new FitOptions { Updates = 12, Quiet = true, RestoreBestWeights = false, ValidateEvery = 4 });
        using var straight = Trainer(new NibbleLanes(seed: 1));
        straight.Fit(data, data, new FitOptions { Updates = 12, Quiet = true, RestoreBestWeights = false, ValidateEvery = 4 });
        Assert.Equal(straight.Model.Parameters.ToArray(), resumed.Parameters.ToArray());
        (NibbleLanes average, NibbleLanes averageToo) = (new NibbleLanes(seed: 3), new NibbleLanes(seed: 4));
        straight.Average!.CopyTo(average);
        second.Average!.CopyTo(averageToo);
        Assert.Equal(average.Parameters.ToArray(), averageToo.Parameters.ToArray());

        // They are not rounded, and training with rounding is another one than without.
        Assert.NotEqual(Rounded(resumed).Parameters.ToArray(), resumed.Parameters.ToArray());
        using NibbleLanes.Trainer plain = Trainer(new NibbleLanes(seed: 1));
        plain.QuantizationAware = false;
        plain.Fit(data, data, new FitOptions { Updates = 12, Quiet = true, RestoreBestWeights = false, ValidateEvery = 4 });
        Assert.NotEqual(plain.Model.Parameters.ToArray(), resumed.Parameters.ToArray());
        Assert.Equal(trainer.Evaluate(data), trainer.Model.Evaluate(data));

        static NibbleLanes.Trainer Trainer(NibbleLanes model)
        {
            NibbleLanes.Trainer trainer = model.CreateTrainer(new Adam(0.01f));
            trainer.QuantizationAware = true;
            trainer.Average = new ExponentialMovingAverage(model, 0.9f);
            return trainer;
        }
    }

    /// <summary>
    /// The input of two steps ago: what rounding to four bits loses, training with it wins back, and as many updates without it do not.
    /// </summary>
    [Fact]
    public void It_wins_back_what_rounding_loses()
    {
        Assert.SkipUnless(System.Numerics.Vector.IsHardwareAccelerated, "Takes two minutes without vectors.");
        var floats = new FloatLstm(seed: 1);
        Sequences<float, float> data = Recall(60, seed: 0);
        Sequences<float, float> test = Recall(20, seed: 1000);
        using (var trainer = new Trainer<float, float>(floats, new Adam(0.01f) { Schedule = new CosineSchedule(2000) }))
        {
            trainer.Fit(data, null, new FitOptions { Updates = 2000, BatchSize = 8, Quiet = true });
        }

        double inFloats = floats.Evaluate(test).Loss;
        double rounded = Nibbles().Evaluate(test).Loss;
        double without = Tuned(isAware: false);
        double with = Tuned(isAware: true);
        TestContext.Current.TestOutputHelper?.WriteLine($"floats {inFloats:G3}, four bits {rounded:G3}, after 300 updates without {without:G3}, with rounding {with:G3}");
        Assert.True(rounded > 5 * inFloats);
        Assert.InRange(with, 0, rounded / 2);
        Assert.InRange(with, 0, without / 2);

        NibbleLstm Nibbles()
        {
            var file = new MemoryStream();
            floats.Save(file);
            return NibbleLstm.Load(file.ToArray());
        }

        double Tuned(bool isAware)
        {
            NibbleLstm model = Nibbles();
            using var trainer = new Trainer<float, float>(model, new Adam(0.001f) { Schedule = new CosineSchedule(300) }) { QuantizationAware = isAware };
            trainer.Fit(data, null, new FitOptions { Updates = 300, BatchSize = 8, Quiet = true });
            return model.Evaluate(test).Loss;
        }
    }

    [Fact]
    public void Training_allocates_nothing()
    {
        var model = new NibbleLstm(seed: 1);
        using var trainer = new Trainer<float, float>(model, new Adam(0.01f)) { QuantizationAware = true };
        (float[] inputs, float[] targets) = (Inputs(model, 0), Targets(model, 0));
        trainer.Train(inputs, targets);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int update = 0; update < 10; update++)
        {
            trainer.Train(inputs, targets);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A learning rate is found for the training that will be done, and a failed window leaves the weights.</summary>
    [Fact]
    public void Nothing_is_left_rounded()
    {
        var model = new NibbleLstm(seed: 1);
        float[] weights = model.Parameters.ToArray();
        using var trainer = new Trainer<float, float>(model, new Adam(0.01f)) { QuantizationAware = true };
        Sequences<float, float> data = Windows(model, 8);
        LearningRateCurve curve = trainer.FindLearningRate(data, new LearningRateRange { Updates = 5 });
        Assert.Equal(weights, model.Parameters.ToArray());
        trainer.QuantizationAware = false;
        Assert.NotEqual(trainer.FindLearningRate(data, new LearningRateRange { Updates = 5 }).Losses, curve.Losses);

        trainer.QuantizationAware = true;
        var broken = new Sequences<float, float>([Inputs(model, 0), new float[5]], [Targets(model, 0), Targets(model, 0)]);
        Assert.Throws<ArgumentException>(() => trainer.Train(broken, 0, 1));
        Assert.Equal(weights, model.Parameters.ToArray());
    }

    [Fact]
    public void Models_of_floats_are_refused()
    {
        using var trainer = new Trainer<float, float>(new FloatLstm(seed: 1), new Adam());
        Assert.False(trainer.QuantizationAware);
        ArgumentException e = Assert.Throws<ArgumentException>("value", () => trainer.QuantizationAware = true);
        Assert.Contains("found 'FloatLstm', whose steps read floats", e.Message, StringComparison.Ordinal);
        trainer.QuantizationAware = false;
    }

    private static TModel Rounded<TModel>(TModel model)
        where TModel : class, IRnnModel => NarrowLayer.Rounded(model, model, NarrowLayer.AllOf(model));

    private static float[] Inputs(IRnnModel model, int seed) => Numbers(model.SequenceLength * model.InputSize, seed);

    private static float[] Targets<TInput, TTarget>(IRnnModel<TInput, TTarget> model, int seed) => Numbers(model.GetTargetLength(model.SequenceLength), seed + 100);

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static Sequences<float, float> Windows(IRnnModel<float, float> model, int count) =>
        new(Enumerable.Range(0, count).Select(window => Inputs(model, window)), Enumerable.Range(0, count).Select(window => Targets(model, window)));

    /// <summary>Twelve inputs of 40 steps; the targets are the first two of them, two steps later.</summary>
    private static Sequences<float, float> Recall(int count, int seed)
    {
        float[][] inputs = [.. Enumerable.Range(0, count).Select(window => Numbers(12 * 40, seed + window))];
        return new(inputs, inputs.Select(window => Enumerable.Range(0, 80).Select(k => k / 2 < 2 ? 0 : window[(12 * ((k / 2) - 2)) + (k % 2)]).ToArray()));
    }
}
