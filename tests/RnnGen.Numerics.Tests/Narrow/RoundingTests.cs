using RnnGen.CompilerServices;

namespace RnnGen.Numerics.Tests.Narrow;

/// <summary>What narrow formats make of weights: floats that they have exactly.</summary>
public sealed class RoundingTests
{
    public static TheoryData<string> Names => [.. Models.Keys];

    private static readonly Dictionary<string, Func<IRnnModel<float>>> Models = new()
    {
        ["HalfLstm"] = () => new HalfLstm(seed: 1),
        ["HalfStack"] = () => new HalfStack(seed: 2),
        ["ByteLstm"] = () => new ByteLstm(seed: 1),
        ["ByteGru"] = () => new ByteGru(seed: 2),
        ["ByteStack"] = () => new ByteStack(seed: 3),
        ["NibbleLstm"] = () => new NibbleLstm(seed: 1),
        ["NibbleGru"] = () => new NibbleGru(seed: 2),
        ["NibbleStack"] = () => new NibbleStack(seed: 3),
        ["NibbleBlocks"] = () => new NibbleBlocks(seed: 1),
        ["ManyNibbleBlocks"] = () => new ManyNibbleBlocks(seed: 1),
        ["MixedStack"] = () => new MixedStack(seed: 4),
    };

    /// <summary>Steps compute with the rounded weights: a model that has them gives the same bits.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_are_those_of_the_rounded_weights(string name)
    {
        IRnnModel<float> model = Models[name]();
        float[] expected = Forward(model);
        float[] before = [.. model.Weights.Values];
        model.Weights.Round(model.Weights.MutableValues);
        model.Weights.Changed();

        Assert.NotEqual(before, model.Weights.Values.ToArray());
        Assert.Equal(expected, Forward(model));
    }

    [Theory]
    [InlineData(WeightFormat.BFloat16, 0.004)]
    [InlineData(WeightFormat.Int8, 0.004)]
    [InlineData(WeightFormat.Int4, 0.23)]
    public void Rounding_twice_is_rounding_once(WeightFormat format, double atMost)
    {
        var random = new Random(1);
        var matrix = new PackedMatrix(Offset: 32, Units: 70, Tile: 32, TileStride: 32 * 151, Rows: 150, RowStride: 32);
        var weights = new float[32 + (3 * 32 * 151)];
        for (int unit = 0; unit < matrix.Units; unit++)
        {
            // Units of all sizes, one of zeros, and one that is at the border of what has a scale.
            double size = unit == 1 ? 0 : unit == 2 ? 1.53e-36 : unit == 3 ? float.MaxValue : Math.Pow(10, random.Next(-33, 33));
            for (int row = 0; row < matrix.Rows; row++)
            {
                weights[matrix.At(unit, row)] = (float)((random.NextDouble() * 2 - 1) * random.NextDouble() * size);
            }
        }

        float[] once = [.. weights];
        WeightRounding.Round(format, once, matrix);
        float[] twice = [.. once];
        WeightRounding.Round(format, twice, matrix);

        Assert.Equal(once, twice);
        Assert.NotEqual(weights, once);
        for (int unit = 0; unit < matrix.Units; unit++)
        {
            double largest = Enumerable.Range(0, matrix.Rows).Max(row => Math.Abs(weights[matrix.At(unit, row)]));
            for (int row = 0; row < matrix.Rows; row++)
            {
                int at = matrix.At(unit, row);
                Assert.True(float.IsFinite(once[at]));
                Assert.InRange(Math.Abs((double)once[at] - weights[at]), 0, unit == 2 ? largest : atMost * largest);
            }
        }
    }

    /// <summary>The choice of a layer comes before that of its model.</summary>
    [Fact]
    public void A_layer_has_its_own_format()
    {
        var model = new MixedStack(seed: 1);
        ModelWeights weights = ((IRnnModel)model).Weights;
        float[] rounded = [.. weights.Values];
        weights.Round(rounded);

        Assert.Equal([WeightFormat.Int8, WeightFormat.BFloat16, WeightFormat.Float32, WeightFormat.Int4, null], model.Layers.Select(FormatOf));
        Assert.Equal([WeightFormat.Default, WeightFormat.BFloat16, WeightFormat.Float32], model.Layers.Take(3).Select(layer => ((GruAttribute)layer.Declaration).Weights));

        WeightFormat? FormatOf(Layer layer)
        {
            Parameter parameter = layer.Parameters[0];
            var found = new float[parameter.Count];
            parameter.Read(rounded, found);
            foreach (WeightFormat format in new[] { WeightFormat.BFloat16, WeightFormat.Int8, WeightFormat.Int4 })
            {
                float[] packed = [.. weights.Values];
                parameter.Round(format, packed);
                var expected = new float[parameter.Count];
                parameter.Read(packed, expected);
                if (expected.AsSpan().SequenceEqual(found))
                {
                    return format;
                }
            }

            var exact = new float[parameter.Count];
            parameter.CopyTo(exact);
            return layer.Name == "Out" ? null : Assert.IsType<WeightFormat>(exact.AsSpan().SequenceEqual(found) ? WeightFormat.Float32 : null);
        }
    }

    /// <summary>Biases have one row, and no format.</summary>
    [Fact]
    public void A_parameter_is_rounded_as_steps_round_it()
    {
        var floats = new FloatGru(seed: 1);
        var bytes = new ByteGru(seed: 1);
        float[] packed = [.. ((IRnnModel)bytes).Weights.Values];
        ((IRnnModel)bytes).Weights.Round(packed);
        float[] parts = [.. ((IRnnModel)floats).Weights.Values];
        foreach (Parameter parameter in floats.Layers[0].Parameters)
        {
            parameter.Round(WeightFormat.Int8, parts);
        }

        Assert.Equal(bytes.Unpacked(packed), floats.Unpacked(parts));
        Assert.NotEqual(((IRnnModel)bytes).Weights.Values.ToArray(), packed);
    }

    private static float[] Forward(IRnnModel<float> model)
    {
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, model.SequenceLength * model.InputSize).Select(_ => random.NextSingle() * 2 - 1)];
        var outputs = new float[model.GetOutputLength(model.SequenceLength)];
        model.Forward(model.CreateState(), inputs, outputs);
        return outputs;
    }
}
