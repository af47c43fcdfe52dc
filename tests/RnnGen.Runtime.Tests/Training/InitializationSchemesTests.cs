using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Large enough for statistics, and of every shape.</summary>
[RnnModel(inputSize: 300, sequenceLength: 2)]
internal sealed partial class Shapes
{
    [Dense(100)]
    public partial Layer Broad { get; }

    [Dense(100)]
    public partial Layer Square { get; }

    [Dense(250)]
    public partial Layer Tall { get; }

    [Lstm(20)]
    public partial Layer Memory { get; }
}

/// <summary>Distributions that one can choose, for a tensor and for a model.</summary>
public class InitializationSchemesTests
{
    private static readonly Initializer[] ForMatrices =
        [Initializer.XavierUniform(), Initializer.XavierNormal(), Initializer.HeUniform(), Initializer.HeNormal(), Initializer.Orthogonal()];

    private readonly Shapes _model = new(seed: 1);

    // Broad is [100, 300] and Tall is [250, 100]: rows, columns.
    [Fact]
    public void Uniform_distributions_have_their_bounds()
    {
        AssertUniform(0.3, Draw(_model.Broad["weight"], Initializer.Uniform(0.3f)));
        AssertUniform(Math.Sqrt(6 / 400.0), Draw(_model.Broad["weight"], Initializer.XavierUniform()));
        AssertUniform(Math.Sqrt(6 / 350.0), Draw(_model.Tall["weight"], Initializer.XavierUniform()));
        AssertUniform(2.5 * Math.Sqrt(6 / 350.0), Draw(_model.Tall["weight"], Initializer.XavierUniform(2.5f)));
        AssertUniform(Math.Sqrt(6 / 300.0), Draw(_model.Broad["weight"], Initializer.HeUniform()));
        AssertUniform(Math.Sqrt(6 / 100.0), Draw(_model.Tall["weight"], Initializer.HeUniform()));
    }

    [Fact]
    public void Normal_distributions_have_their_deviations()
    {
        AssertNormal(0.3, Draw(_model.Broad["weight"], Initializer.Normal(0.3f)));
        AssertNormal(Math.Sqrt(2 / 400.0), Draw(_model.Broad["weight"], Initializer.XavierNormal()));
        AssertNormal(Math.Sqrt(2 / 350.0), Draw(_model.Tall["weight"], Initializer.XavierNormal()));
        AssertNormal(2.5 * Math.Sqrt(2 / 350.0), Draw(_model.Tall["weight"], Initializer.XavierNormal(2.5f)));
        AssertNormal(Math.Sqrt(2 / 300.0), Draw(_model.Broad["weight"], Initializer.HeNormal()));
        AssertNormal(Math.Sqrt(2 / 100.0), Draw(_model.Tall["weight"], Initializer.HeNormal()));
    }

    [Fact]
    public void A_constant_is_everywhere()
    {
        Assert.All(Draw(_model.Broad["weight"], Initializer.Constant(0.7f)), value => Assert.Equal(0.7f, value));
        Assert.All(Draw(_model.Broad["bias"], Initializer.Constant()), value => Assert.Equal(0, value));
        Assert.Equal(Initializer.Constant(), default);
    }

    [Theory]
    [InlineData(nameof(Shapes.Broad), "weight")]
    [InlineData(nameof(Shapes.Square), "weight")]
    [InlineData(nameof(Shapes.Tall), "weight")]
    [InlineData(nameof(Shapes.Memory), "weight_hh_l0")]
    public void Rows_or_columns_are_orthonormal(string layer, string name)
    {
        Parameter parameter = _model.Layers.Single(l => l.Name == layer)[name];

        AssertOrthogonal(1, parameter, Draw(parameter, Initializer.Orthogonal()));
        AssertOrthogonal(2.5, parameter, Draw(parameter, Initializer.Orthogonal(2.5f)));
    }

    // Uniformly distributed among all orthogonal matrices: an element has the variance 1 / size, and either sign.
    [Fact]
    public void Elements_of_an_orthogonal_matrix_are_spread()
    {
        float[] values = Draw(_model.Square["weight"], Initializer.Orthogonal());

        Same.About(0, values.Average(), 0.004, "mean");
        Same.About(0.6827, values.Count(value => Math.Abs(value) < 0.1) / 10_000.0, 0.02, "share within one deviation");
    }

    [Fact]
    public void The_same_seed_gives_the_same_tensor_and_another_seed_another_one()
    {
        foreach (Initializer initializer in (Initializer[])[.. ForMatrices, Initializer.Uniform(1), Initializer.Normal(1)])
        {
            foreach (int seed in (int[])[0, 1, -1, int.MinValue, int.MaxValue])
            {
                float[] values = Draw(_model.Broad["weight"], initializer, seed);
                float[] others = Draw(_model.Broad["weight"], initializer, seed ^ 2);

                Same.Bits(values, Draw(_model.Broad["weight"], initializer, seed), "values");
                Assert.True(values.Zip(others).Count(pair => pair.First == pair.Second) < 20, $"{initializer}, seed {seed}");
            }
        }
    }

    [Fact]
    public void A_tensor_is_drawn_alone()
    {
        float[][] before = [.. Tensors(_model).Select(TestNumbers.Values)];

        _model.Square["weight"].Initialize(Initializer.Normal(1), seed: 2);

        foreach ((Parameter parameter, float[] values) in Tensors(_model).Zip(before))
        {
            Assert.Equal(parameter != _model.Square["weight"], values.SequenceEqual(TestNumbers.Values(parameter)));
        }
    }

    [Fact]
    public void Distributions_of_matrices_are_not_for_vectors()
    {
        Parameter bias = _model.Memory["bias_ih_l0"];
        float[] before = TestNumbers.Values(bias);

        foreach (Initializer initializer in ForMatrices)
        {
            var e = Assert.Throws<ArgumentException>(() => bias.Initialize(initializer, seed: 1));
            Assert.Contains("is for matrices", e.Message, StringComparison.Ordinal);
        }

        Same.Bits(before, TestNumbers.Values(bias), "bias");
        AssertUniform(0.5, Draw(_model.Tall["bias"], Initializer.Uniform(0.5f)));
        AssertNormal(0.5, Draw(_model.Tall["bias"], Initializer.Normal(0.5f)));
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused()
    {
        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            foreach (Func<float, Initializer> create in (Func<float, Initializer>[])
                [Initializer.Constant, Initializer.Uniform, Initializer.Normal, Initializer.XavierUniform, Initializer.XavierNormal, Initializer.Orthogonal])
            {
                Assert.Equal(bad, Assert.Throws<ArgumentOutOfRangeException>(() => create(bad)).ActualValue);
            }

            var e = Assert.Throws<ArgumentOutOfRangeException>(() => new WeightInitialization { ForgetBias = bad });
            Assert.Equal(nameof(WeightInitialization.ForgetBias), e.ParamName);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void PyTorchs_scheme_is_that_of_a_new_model(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name, seed: 5);

        subject.Model.Initialize(WeightInitialization.PyTorch, seed: 6);

        Same.Bits(ModelsUnderTest.Create(name, seed: 6).Model.Parameters, subject.Model.Parameters, "weights");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_scheme_depends_on_the_seed_and_nothing_else(string name)
    {
        ModelUnderTest one = ModelsUnderTest.Create(name, seed: 5);
        ModelUnderTest other = ModelsUnderTest.Create(name, seed: 6);

        one.Model.Initialize(WeightInitialization.Keras, seed: 7);
        other.Model.Initialize(WeightInitialization.Keras, seed: 7);
        Same.Bits(one.Model.Parameters, other.Model.Parameters, "weights");

        other.Model.Initialize(WeightInitialization.Keras, seed: 8);
        Assert.False(one.Model.Parameters.SequenceEqual(other.Model.Parameters));
    }

    [Fact]
    public void Kerass_scheme()
    {
        var model = new Wide(seed: 1);

        model.Initialize(WeightInitialization.Keras, seed: 2);

        AssertUniform(0.05, TestNumbers.Values(model.Words["weight"]));
        AssertUniform(Math.Sqrt(6 / 70.0), TestNumbers.Values(model.Mixed["weight"]));
        AssertUniform(Math.Sqrt(6 / 40.0), TestNumbers.Values(model.Value["weight"]));

        // All gates together are one matrix, as in Keras.
        AssertUniform(Math.Sqrt(6 / 90.0), TestNumbers.Values(model.First["weight_ih_l0"]));
        AssertUniform(Math.Sqrt(6 / 120.0), TestNumbers.Values(model.Second["weight_ih_l0"]));
        AssertUniform(Math.Sqrt(6 / 110.0), TestNumbers.Values(model.Third["weight_ih_l0"]));
        foreach (Layer layer in (Layer[])[model.First, model.Second, model.Third])
        {
            AssertOrthogonal(1, layer["weight_hh_l0"], TestNumbers.Values(layer["weight_hh_l0"]));
        }

        foreach (Parameter bias in Tensors(model).Where(parameter => parameter.Shape.Count == 1))
        {
            if (bias != model.Second["bias_ih_l0"])
            {
                Assert.All(TestNumbers.Values(bias), value => Assert.Equal(0, value));
            }
        }

        // Gates i, f, g, o of 20 units each.
        Assert.Equal([.. new float[20], .. Enumerable.Repeat(1f, 20), .. new float[40]], TestNumbers.Values(model.Second["bias_ih_l0"]));
    }

    [Fact]
    public void A_forget_bias_changes_the_forget_gates_only()
    {
        float[][] expected = [.. Tensors(new Wide(seed: 3)).Select(TestNumbers.Values)];
        var model = new Wide(seed: 1);

        model.Initialize(WeightInitialization.PyTorch with { ForgetBias = 1.5f }, seed: 3);

        foreach ((Parameter parameter, float[] values) in Tensors(model).Zip(expected))
        {
            if (parameter == model.Second["bias_ih_l0"])
            {
                Array.Fill(values, 1.5f, 20, 20);
            }
            else if (parameter == model.Second["bias_hh_l0"])
            {
                Array.Clear(values, 20, 20);
            }

            Same.Bits(values, TestNumbers.Values(parameter), parameter.Name);
        }
    }

    [Fact]
    public void A_scheme_may_have_one_distribution_for_each_kind_of_tensor()
    {
        var model = new Wide(seed: 1);
        var scheme = new WeightInitialization
        {
            Input = Initializer.Constant(1),
            Recurrent = Initializer.Constant(2),
            Embedding = Initializer.Constant(3),
            Bias = Initializer.Constant(4),
        };
        model.Initialize(scheme, seed: 2);

        foreach (Layer layer in model.Layers)
        {
            foreach (Parameter parameter in layer.Parameters)
            {
                float expected = parameter.Name.StartsWith("bias", StringComparison.Ordinal) ? 4
                    : parameter.Name == "weight_hh_l0" ? 2
                    : layer == model.Words ? 3
                    : 1;
                Assert.All(TestNumbers.Values(parameter), value => Assert.Equal(expected, value));
            }
        }
    }

    // The way back reads transposed copies of the weights; they must follow.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Weights_that_are_drawn_anew_reach_the_way_back(string name)
    {
        ModelUnderTest training = ModelsUnderTest.Create(name, seed: 5);
        Tape tape = training.RunningTape(3);
        training.Model.Initialize(WeightInitialization.PyTorch, seed: 6);
        Assert.Throws<InvalidOperationException>(() => training.Backward(tape, training.OutputGradients(3), null));
        tape.Clear();

        training.Forward(training.CreateState(), training.Inputs(3), tape);
        training.Backward(tape, training.OutputGradients(3), null);

        ModelUnderTest fresh = ModelsUnderTest.Create(name, seed: 6);
        Tape expected = fresh.CreateTape();
        fresh.Forward(fresh.CreateState(), fresh.Inputs(3), expected);
        fresh.Backward(expected, fresh.OutputGradients(3), null);
        Same.Bits(expected.Gradients, tape.Gradients, "gradients");
    }

    [Fact]
    public void A_scheme_and_a_model_are_needed()
    {
        Assert.Throws<ArgumentNullException>(() => _model.Initialize(null!, seed: 1));
        Assert.Throws<ArgumentNullException>(() => ((IRnnModel)null!).Initialize(WeightInitialization.Keras, seed: 1));
    }

    private static IEnumerable<Parameter> Tensors(IRnnModel model) => model.Layers.SelectMany(layer => layer.Parameters);

    private static float[] Draw(Parameter parameter, Initializer initializer, int seed = 3)
    {
        parameter.Initialize(initializer, seed);
        return TestNumbers.Values(parameter);
    }

    private static void AssertUniform(double bound, float[] values)
    {
        // The largest of n uniform numbers comes short of the bound by 1/n, give or take.
        Assert.InRange(values.Max(Math.Abs), bound * (1 - (12.0 / values.Length)), bound * 1.000001);
        Same.About(0, values.Average(), 4 * bound / Math.Sqrt(3 * values.Length), "mean");
        Same.About(bound * bound / 3, Variance(values), 4 * bound * bound * Math.Sqrt(4 / 45.0 / values.Length), "variance");
        Same.About(0.25, values.Count(value => value < -bound / 2) / (double)values.Length, 4 * Math.Sqrt(0.1875 / values.Length), "share of the lowest quarter");
    }

    private static void AssertNormal(double deviation, float[] values)
    {
        Same.About(0, values.Average(), 4 * deviation / Math.Sqrt(values.Length), "mean");
        Same.About(deviation * deviation, Variance(values), 4 * deviation * deviation * Math.Sqrt(2.0 / values.Length), "variance");
        double within = values.Count(value => Math.Abs(value) < deviation) / (double)values.Length;
        Same.About(0.6827, within, 4 * Math.Sqrt(0.6827 * 0.3173 / values.Length), "share within one deviation");
        Assert.InRange(values.Max(Math.Abs), 2 * deviation, 6 * deviation);
    }

    /// <summary>About zero, which is the mean of all distributions here.</summary>
    private static double Variance(float[] values) => values.Average(value => (double)value * value);

    private static void AssertOrthogonal(double gain, Parameter parameter, float[] values)
    {
        int rows = parameter.Shape[0];
        int columns = parameter.Shape[1];
        bool tall = rows > columns;
        int count = Math.Min(rows, columns);
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double dot = 0;
                for (int k = 0; k < Math.Max(rows, columns); k++)
                {
                    dot += (double)values[tall ? (k * columns) + a : (a * columns) + k] * values[tall ? (k * columns) + b : (b * columns) + k];
                }

                Same.About(a == b ? 1 : 0, dot / (gain * gain), 1e-5, $"{parameter.Name}, product of vectors {a} and {b}");
            }
        }
    }
}
