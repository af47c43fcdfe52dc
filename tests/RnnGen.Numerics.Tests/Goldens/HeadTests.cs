namespace RnnGen.Numerics.Tests.Goldens;

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class ClassWeights
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Softmax(4, ClassWeights = [0.5, 1, 0, 3])]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class PositiveWeights
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Sigmoid(3, PositiveWeights = [10, 1, 0.25])]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class SomeAnswers
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Sigmoid(3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class SomeSquares
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Linear(17)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class SomeHubers
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Linear(17, Loss = Loss.Huber, Delta = 0.5)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 11, sequenceLength: 6)]
internal sealed partial class TiedWords
{
    [Embedding(6)]
    public partial Layer Words { get; }

    [Lstm(6)]
    public partial Layer Memory { get; }

    [Softmax(11, Tied = nameof(Words))]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class CtcMean
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Ctc(4)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 2)]
internal sealed partial class CtcSum
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Ctc(4, Blank = CtcBlank.Last, Reduction = CtcReduction.Sum)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 2)]
internal sealed partial class Points
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Mixture(components: 3, dimensions: 3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class Strokes
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Mixture(2, 2, Covariance = Covariance.Full, Binary = 1)]
    public partial Layer Out { get; }
}

/// <summary>Weights of targets, ignored targets, tied weights, labels that are not aligned and mixtures against PyTorch: heads/make_head_goldens.py.</summary>
public sealed class HeadTests
{
    private const int Windows = 3;

    [Fact]
    public void Class_weights() => Check(new ClassWeights(seed: 1), "class_weights", f => f.Floats("x"), f => f.Integers("t"));

    [Fact]
    public void Positive_weights() => Check(new PositiveWeights(seed: 1), "positive_weights", f => f.Floats("x"), f => f.Floats("t"));

    [Fact]
    public void Some_answers() => Check(new SomeAnswers(seed: 1), "some_answers", f => f.Floats("x"), f => f.Floats("t"));

    [Fact]
    public void Some_squares() => Check(new SomeSquares(seed: 1), "some_squares", f => f.Floats("x"), f => f.Floats("t"));

    [Fact]
    public void Some_hubers() => Check(new SomeHubers(seed: 1), "some_hubers", f => f.Floats("x"), f => f.Floats("t"));

    [Fact]
    public void Tied_words() => Check(new TiedWords(seed: 1), "tied", f => f.Integers("x"), f => f.Integers("t"));

    [Fact]
    public void Ctc_mean() => Check(new CtcMean(seed: 1), "ctc_mean", f => f.Floats("x"), f => f.Integers("t"));

    [Fact]
    public void Ctc_sum() => Check(new CtcSum(seed: 1), "ctc_sum", f => f.Floats("x"), f => f.Integers("t"));

    [Fact]
    public void Mixture() => Check(new Points(seed: 1), "mixture", f => f.Floats("x"), f => f.Floats("t"));

    [Fact]
    public void Mixture_full() => Check(new Strokes(seed: 1), "mixture_full", f => f.Floats("x"), f => f.Floats("t"));

    /// <summary>A batch of windows: gradients and score of the first update, losses of three, and the weights after them.</summary>
    private static void Check<TInput, TTarget>(IRnnModel<TInput, TTarget> model, string name, Func<GoldenFile, TInput[]> inputs, Func<GoldenFile, TTarget[]> targets)
    {
        var file = new GoldenFile(name + ".safetensors", "heads");
        Parameter[] parameters = [.. model.Layers.SelectMany(l => l.Parameters)];
        foreach (Parameter parameter in parameters)
        {
            parameter.CopyFrom(file.Floats(parameter.FullName));
        }

        TInput[] x = inputs(file);
        TTarget[] t = targets(file);
        var data = new Sequences<TInput, TTarget>(x.Chunk(x.Length / Windows), t.Chunk(t.Length / Windows));
        Compare.Relative(file.Doubles("losses")[0], model.Evaluate(data).Loss, 1e-5, "score");
        var trainer = new Trainer<TInput, TTarget>(model, new AdamW(0.01f) { Decays = _ => true });
        for (int update = 0; update < 3; update++)
        {
            for (int window = 0; window < Windows; window++)
            {
                trainer.Accumulate(data.Inputs(window), data.Targets(window));
            }

            foreach (Parameter parameter in parameters.Where(_ => update == 0))
            {
                var gradient = new float[parameter.Count];
                trainer.Tape.CopyGradient(parameter, gradient);
                double[] expected = file.Doubles("grad." + parameter.FullName);
                Compare.Gradient(expected, gradient, 1 / trainer.Tape.TargetWeight, "grad." + parameter.FullName, expected.Max(Math.Abs));
            }

            Compare.Relative(file.Doubles("losses")[update], trainer.Update(), 1e-4, $"loss {update}");
        }

        foreach (Parameter parameter in parameters)
        {
            var values = new float[parameter.Count];
            parameter.CopyTo(values);
            Compare.Absolute(file.Doubles("end." + parameter.FullName), values, 1e-4, parameter.FullName);
        }
    }
}
