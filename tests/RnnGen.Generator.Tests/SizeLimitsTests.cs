using System.Numerics;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests;

/// <summary>The bounds of a model's memory, also where ordinary arithmetic would wrap around.</summary>
public class SizeLimitsTests
{
    // Of 16 units: for each of 16 steps, and scratch memory.
    private const int SumsAhead = (24 * 8 * 16) + 1024;

    [Theory]
    [InlineData("Rnn", 16 * (32 + 16 + 2))]
    [InlineData("Lstm", 4 * 16 * (32 + 16 + 2))]
    [InlineData("Gru", 3 * 16 * (32 + 16 + 2))]
    [InlineData("Dense", 16 * (32 + 1))]
    [InlineData("Softmax", 16 * (32 + 1))]
    [InlineData("Embedding", 16 * 32)]
    [InlineData("Activation", 0)]
    public void Parameters(string kind, int numbers) =>
        Assert.Equal(numbers * 4, SizeLimits.ParameterBytes(Layer(kind, inputSize: 17, size: 10)));

    [Theory]
    [InlineData("Rnn", 6, SumsAhead)]
    [InlineData("Lstm", 16, SumsAhead)]
    [InlineData("Gru", 14, SumsAhead)]
    [InlineData("Linear", 4, 0)]
    public void Tape(string kind, int values, int ahead) =>
        Assert.Equal(4 * ((values * 16 * 103) + ahead), SizeLimits.TapeBytes(Layer(kind, inputSize: 17, size: 10), sequenceLength: 100));

    [Fact]
    public void The_largest_numbers_do_not_wrap_around()
    {
        LayerSpec layer = Layer("Lstm", int.MaxValue, int.MaxValue);

        Assert.Equal(4 * BigInteger.Pow(2, 31) * (BigInteger.Pow(2, 32) + 2) * 4, SizeLimits.ParameterBytes(layer));
        Assert.Equal(4 * ((16 * BigInteger.Pow(2, 31) * (new BigInteger(int.MaxValue) + 3)) + (24 * 8 * BigInteger.Pow(2, 31)) + 1024), SizeLimits.TapeBytes(layer, int.MaxValue));
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
                LayerKind kind = (LayerKind)random.Next((int)LayerKind.Embedding);
                int input = layers.Count == 0 ? inputSize : layers[^1].Size;
                kind = kind == LayerKind.Activation && random.Next(2) == 0 ? LayerKind.LayerNorm : kind;
                int size = kind is LayerKind.Activation or LayerKind.LayerNorm ? input : random.Next(1, 70);
                layers.Add(new LayerSpec($"L{k}", kind, input, size, ActivationKind.Tanh, random.Next(2) == 0, true, random.Next(2) == 0, null) { Options = Options(kind, size, random) });
            }

            var spec = new ModelSpec(
                new TypeTarget("", default, "M", "public", "M"), inputSize, steps, Tokens: false, new EquatableArray<LayerSpec>(layers), true)
            {
                Trace = random.Next(3) == 0,
            };
            ModelPlan plan = ModelPlan.Of(spec);

            BigInteger tape = SizeLimits.InputBytes(spec) + layers.Aggregate(BigInteger.Zero, (sum, l) => sum + SizeLimits.TapeBytes(l, steps, spec.Trace));
            BigInteger parameters = layers.Aggregate(BigInteger.Zero, (sum, l) => sum + SizeLimits.ParameterBytes(l));
            Assert.True(plan.Tape.Size - (2 * Guarded.Floats) <= tape / 4, $"{spec}: tape {plan.Tape.Size}, bound {tape / 4}");
            Assert.True(plan.WeightSize - (2 * Guarded.Floats) <= parameters / 4, $"{spec}: weights {plan.WeightSize}, bound {parameters / 4}");
            Assert.True(plan.TransposedSize - (2 * Guarded.Floats) <= parameters / 4, $"{spec}: copies {plan.TransposedSize}, bound {parameters / 4}");
        }
    }

    /// <summary>Any options, and none half of the time.</summary>
    private static CellOptions Options(LayerKind kind, int size, Random random)
    {
        bool Maybe() => random.Next(2) == 0;
        FunctionSpec? Function() => Maybe() ? null : new FunctionSpec((ActivationKind)random.Next((int)ActivationKind.Softplus + 1));
        return Maybe() || kind is not (LayerKind.Rnn or LayerKind.Lstm or LayerKind.Gru)
            ? new CellOptions()
            : new CellOptions
            {
                Gate = Function(),
                Candidate = Function(),
                Output = Function(),
                Clip = Maybe() ? 0 : 2,
                Peepholes = Maybe(),
                InputForget = Maybe(),
                LayerNorm = Maybe(),
                RecurrentDropout = Maybe() ? 0 : 0.5,
                Zoneout = Maybe() ? 0 : 0.5,
                ZoneoutCell = Maybe() ? 0 : 0.5,
                LearnInitialState = Maybe(),
                ProjectedFrom = kind == LayerKind.Lstm && Maybe() ? size + random.Next(1, 40) : 0,
            };
    }

    private static LayerSpec Layer(string kind, int inputSize, int size) =>
        new(kind, Enum.Parse<LayerKind>(kind), inputSize, size, ActivationKind.Tanh, true, true, true, null);
}
