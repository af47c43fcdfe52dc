namespace RnnGen.Tests.Interop;

/// <summary>A layout that fits a layer and is otherwise arbitrary.</summary>
internal static class RandomLayout
{
    public static WeightLayout Next(Random random, Layer layer)
    {
        Parameter input = layer.Parameters.First(parameter => parameter.Name.StartsWith("weight_ih", StringComparison.Ordinal));
        bool isGru = input.Gates.Contains("r");
        return new WeightLayout
        {
            GateOrder = Order(random, input.Gates),
            PeepholeOrder = Order(random, [.. new[] { "i", "f", "o" }.Where(gate => input.Gates.Contains(gate))]),
            Transposed = random.Next(2) == 0,
            Joined = input.Gates.Contains("z") && layer.Declaration is MinGruAttribute ? JoinedWeights.None : (JoinedWeights)random.Next(3),
            Biases = (BiasForm)random.Next(5),
            ResetAfter = layer.Declaration is not GruAttribute { LinearBeforeReset: false },
            InvertedUpdate = input.Gates.Contains("z") && random.Next(2) == 0,
        };
    }

    /// <summary>The known layouts that have the layer's gates.</summary>
    public static IEnumerable<WeightLayout> Known(Layer layer)
    {
        bool isReset = layer.Declaration is not GruAttribute { LinearBeforeReset: false };
        yield return WeightLayout.PyTorch with { ResetAfter = isReset };
        if (layer.Declaration is RnnAttribute or GruAttribute or LstmAttribute { InputForget: false })
        {
            yield return WeightLayout.Keras with { ResetAfter = isReset };
            yield return WeightLayout.Onnx with { ResetAfter = isReset };
            yield return WeightLayout.TensorFlow1 with { ResetAfter = isReset, ForgetBias = 0 };
        }

        if (layer.Declaration is LstmAttribute { InputForget: true })
        {
            yield return WeightLayout.Onnx with { GateOrder = "i o - c", PeepholeOrder = "i o -" };
        }

        if (layer.Declaration is not LstmAttribute { Peepholes: true })
        {
            yield return WeightLayout.CuDnn with { ResetAfter = isReset };
        }
    }

    private static string? Order(Random random, IReadOnlyList<string> gates)
    {
        if (gates.Count == 0)
        {
            return null;
        }

        string[] shuffled = [.. gates, .. random.Next(3) == 0 ? ["-"] : Array.Empty<string>()];
        random.Shuffle(shuffled);
        return string.Concat(shuffled.Select((gate, k) => (k > 0 && random.Next(2) == 0 ? "|" : " ") + gate));
    }
}
