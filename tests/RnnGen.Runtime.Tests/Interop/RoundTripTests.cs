using RnnGen.Tests.Models;

namespace RnnGen.Tests.Interop;

/// <summary>An export is the inverse of an import, bit by bit, whatever the bits are.</summary>
public class RoundTripTests
{
    [Fact]
    public void A_thousand_random_layers_come_back_through_every_layout()
    {
        var random = new Random(1);
        int trips = 0;
        for (int run = 0; run < 1000; run++)
        {
            IRnnModel model = ImportModels.Create(run % ImportModels.Count, seed: 1);
            Layer layer = model.Layers[0];
            foreach (WeightLayout layout in RandomLayout.Known(layer).Concat([RandomLayout.Next(random, layer), RandomLayout.Next(random, layer)]))
            {
                Fill(random, layer, layout);
                IRnnModel copy = ImportModels.Create(run % ImportModels.Count, seed: 2);
                foreach ((int level, Direction? direction) in Parts(layer, layout))
                {
                    RecurrentWeights exported = layer.Export(layout, level, direction);
                    copy.Layers[0].Import(exported, level, direction);
                    SameArrays(exported, copy.Layers[0].Export(layout, level, direction));
                    trips++;
                }

                Same.Bits(model.Parameters, copy.Parameters, $"{layer} through {layout}");
            }
        }

        Assert.True(trips > 6000, $"{trips}");
    }

    [Fact]
    public void A_forget_bias_is_rounded_once_and_then_stays()
    {
        // b - 1 is exact from 1/2 on, and what was rounded once is a difference that is exact both ways.
        var random = new Random(1);
        WeightLayout layout = WeightLayout.TensorFlow1;
        for (int run = 0; run < 200; run++)
        {
            Layer layer = new ImportedLstm(seed: 1).Layers[0];
            float[] bias = [.. Enumerable.Range(0, 20).Select(_ => (random.NextSingle() - 0.4f) * MathF.Pow(10, random.Next(-6, 4)))];
            layer["bias_ih_l0"].CopyFrom(bias);
            layer["bias_hh_l0"].CopyFrom(new float[20]);
            Layer copy = new ImportedLstm(seed: 2).Layers[0];
            Layer second = new ImportedLstm(seed: 3).Layers[0];

            copy.Import(layer.Export(layout));
            second.Import(copy.Export(layout));

            float[] once = Values(copy, "bias_ih_l0");
            for (int k = 0; k < 20; k++)
            {
                bool isForget = k / 5 == 1;
                Assert.True(once[k] == bias[k] || (isForget && bias[k] < 0.5f && Math.Abs((double)once[k] - bias[k]) <= (1 - bias[k]) * Math.Pow(2, -24)), $"{bias[k]:R}: {once[k]:R}");
            }

            Assert.Equal(once, Values(second, "bias_ih_l0"));
        }
    }

    /// <summary>Any bits: NaN with payloads, infinities, -0, denormals. Biases that the layout adds are 0.</summary>
    private static void Fill(Random random, Layer layer, WeightLayout layout)
    {
        foreach (Parameter parameter in layer.Parameters)
        {
            bool isBias = parameter.Name.StartsWith("bias", StringComparison.Ordinal);
            bool isSecond = parameter.Name.StartsWith("bias_hh", StringComparison.Ordinal);
            bool isSum = layout.Biases == BiasForm.One || (layout.Biases == BiasForm.AsNeeded && !(layout.ResetAfter && parameter.Gates.Contains("r")));
            bool isZero = (isBias && layout.Biases == BiasForm.None) || (isSecond && isSum) || (layout.Packed && parameter.Name.StartsWith("initial", StringComparison.Ordinal));
            parameter.CopyFrom([.. Enumerable.Range(0, parameter.Count).Select(_ => isZero ? 0f : Bits(random))]);
        }
    }

    private static float Bits(Random random) => random.Next(8) switch
    {
        0 => -0f,
        1 => float.NegativeInfinity,
        2 => BitConverter.UInt32BitsToSingle(0xFFC00000u | (uint)random.Next(1, 0x3FFFFF)),
        3 => BitConverter.UInt32BitsToSingle(0x7F800000u | (uint)random.Next(1, 0x3FFFFF)),
        4 => BitConverter.UInt32BitsToSingle((uint)random.Next(1, 0x7FFFFF)),
        _ => random.NextSingle() - 0.5f,
    };

    private static IEnumerable<(int Level, Direction? Direction)> Parts(Layer layer, WeightLayout layout)
    {
        var declaration = (RecurrentAttribute)layer.Declaration;
        if (layout.Packed)
        {
            return [(0, null)];
        }

        Direction?[] directions = declaration.Direction == Direction.Bidirectional ? [Direction.Forward, Direction.Reverse] : [null];
        return from level in Enumerable.Range(0, declaration.Layers) from direction in directions select (level, direction);
    }

    private static void SameArrays(RecurrentWeights expected, RecurrentWeights actual)
    {
        WeightTensor[] first = Arrays(expected);
        WeightTensor[] second = Arrays(actual);
        Assert.Equal(first.Select(array => array.ToString()), second.Select(array => array.ToString()));
        Assert.All(first.Zip(second), pair => Same.Bits(pair.First.Values.Span, pair.Second.Values.Span, "arrays"));
    }

    private static WeightTensor[] Arrays(RecurrentWeights weights) =>
    [
        .. weights.InputWeights, .. weights.StateWeights, .. weights.InputBias, .. weights.StateBias, .. weights.Peepholes,
        .. new[] { weights.Projection, weights.InitialH, weights.InitialC, weights.Buffer }.OfType<WeightTensor>(),
    ];

    private static float[] Values(Layer layer, string name)
    {
        var values = new float[layer[name].Count];
        layer[name].CopyTo(values);
        return values;
    }
}
