using System.Numerics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests;

/// <summary>The bounds of a model's memory, also where ordinary arithmetic would wrap around.</summary>
public class SizeLimitsTests
{
    private static readonly string[] Kinds = [.. RecurrentKinds.Names, "Dense", "Activation", "LayerNorm"];

    [Theory]
    [InlineData("Rnn", 16 * (32 + 16 + 2))]
    [InlineData("Lstm", 4 * 16 * (32 + 16 + 2))]
    [InlineData("Gru", 3 * 16 * (32 + 16 + 2))]
    [InlineData("Dense", 16 * (32 + 1))]
    [InlineData("Softmax", 16 * (32 + 1))]
    [InlineData("Embedding", 16 * 32)]
    [InlineData("Activation", 0)]
    public void Parameters(string kind, int numbers) =>
        Assert.Equal(numbers, SizeLimits.SizeOf(Layer(kind, inputSize: 17, size: 10)).Parameters);

    /// <summary>Rows of 16 units: states, values that gradients are made of, gradients of the sums, gradients of the outputs.</summary>
    [Theory]
    [InlineData("Rnn", 1 + 0 + 1 + 1)]
    [InlineData("Lstm", 3 + 5 + 5 + 1)]
    [InlineData("Gru", 1 + 5 + 5 + 1)]
    [InlineData("Linear", 0 + 1 + 0 + 1)]
    public void Row(string kind, int vectors) => Assert.Equal(16 * vectors, SizeLimits.SizeOf(Layer(kind, inputSize: 17, size: 10)).Row);

    [Fact]
    public void The_largest_numbers_do_not_wrap_around()
    {
        CellSize size = SizeLimits.SizeOf(Layer("Lstm", int.MaxValue, int.MaxValue));

        Assert.Equal(4 * BigInteger.Pow(2, 31) * (BigInteger.Pow(2, 32) + 2), size.Parameters);
        Assert.True(SizeLimits.TapeBytes(size, int.MaxValue) > 12 * 4 * BigInteger.Pow(2, 31) * int.MaxValue);
    }

    [Fact]
    public void The_bounds_hold_for_what_is_planned()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 300; trial++)
        {
            int inputSize = random.Next(1, 70);
            int steps = random.Next(1, 70);
            var layers = new List<LayerSpec>();
            for (int k = random.Next(1, 4); k > 0; k--)
            {
                LayerKind kind = LayerKind.Find(Kinds[random.Next(Kinds.Length)])!;
                int input = layers.Count == 0 ? inputSize : layers[^1].Size;
                int size = kind.KeepsSize ? input : random.Next(1, 70);
                layers.Add(new LayerSpec($"L{k}", kind, input, size, Property: null) { Options = Options(kind, size, random) });
            }

            var spec = new ModelSpec(
                new TypeTarget("", default, "M", "public", "M"), inputSize, steps, Tokens: false, new EquatableArray<LayerSpec>(layers), true)
            {
                Trace = random.Next(3) == 0,
            };
            ModelPlan plan = ModelPlan.Of(spec);

            CellSize[] sizes = [.. layers.Select(l => SizeLimits.SizeOf(l, spec.Trace))];
            BigInteger tape = SizeLimits.InputBytes(spec) + sizes.Aggregate(BigInteger.Zero, (sum, m) => sum + SizeLimits.TapeBytes(m, steps));
            BigInteger parameters = sizes.Aggregate(BigInteger.Zero, (sum, m) => sum + SizeLimits.ParameterBytes(m));
            Assert.True(plan.Tape.Size - (2 * Guarded.Floats) <= tape / 4, $"{string.Join("; ", layers)}, {steps} steps: tape {plan.Tape.Size}, bound {tape / 4}");
            Assert.True(plan.WeightSize - (2 * Guarded.Floats) <= parameters / 4, $"{string.Join("; ", layers)}, {steps} steps: weights {plan.WeightSize}, bound {parameters / 4}");
            Assert.True(plan.TransposedSize - (2 * Guarded.Floats) <= parameters / 4, $"{string.Join("; ", layers)}, {steps} steps: copies {plan.TransposedSize}, bound {parameters / 4}");
        }
    }

    /// <summary>Any options, and none half of the time.</summary>
    private static OptionValues Options(LayerKind kind, int units, Random random)
    {
        return Maybe() ? OptionValues.None : kind.Options.Where(_ => Maybe()).Aggregate(OptionValues.None, (values, option) => values.With(option, Any(option)));

        bool Maybe() => random.Next(2) == 0;

        object Any(Option option) => option switch
        {
            Flag flag => !(bool)flag.Default,
            Number number => units > 1 && number.IsAllowed(units / 2, units) ? units / 2 : number.IsAllowed(0.5, units) ? 0.5 : 0.0,
            Function => new FunctionSpec((ActivationKind)random.Next((int)ActivationKind.Softplus + 1)),
            _ => option.Default,
        };
    }

    private static LayerSpec Layer(string name, int inputSize, int size) =>
        LayerKind.Find(name) is { } kind ? new(name, kind, inputSize, kind.KeepsSize ? inputSize : size, Property: null) : throw new ArgumentException(name);
}
