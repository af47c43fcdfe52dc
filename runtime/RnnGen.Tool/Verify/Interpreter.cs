using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Verification;

namespace RnnGen.Tool.Verify;

/// <summary>Runs an imported network in double, plainly and slowly.</summary>
/// <param name="model">The network.</param>
internal sealed class Interpreter(ImportedModel model) : INetwork
{
    public Dictionary<string, double[]> Run(double[] inputs, int steps, Dictionary<string, double[]> states)
    {
        // The output of every layer: a vector for each step, or one for the last step.
        var outputs = new Dictionary<string, double[][]>(StringComparer.Ordinal);
        int width = model.HasTokens ? 1 : model.InputSize;
        outputs[Layer.Input] = [.. Enumerable.Range(0, steps).Select(step => inputs[(step * width)..((step + 1) * width)])];
        foreach (ImportedLayer layer in model.Layers)
        {
            double[][][] read = [.. layer.From.Select(name => outputs[name])];
            double[][] x = [.. Enumerable.Range(0, read[0].Length).Select(step => read.SelectMany(source => source[step]).ToArray())];
            outputs[layer.Name] = layer.Kind is "Rnn" or "Gru" or "Lstm" ? new InterpretedCell(layer).Run(x, states) : [.. x.Select(vector => Step(layer, vector))];
        }

        return model.Results.ToDictionary(layer => layer.Name, layer => outputs[layer.Name].SelectMany(vector => vector).ToArray());
    }

    private static double[] Step(ImportedLayer layer, double[] x)
    {
        switch (layer.Kind)
        {
            case "Embedding":
                float[] table = layer.Tensors[0].Values;
                int token = (int)x[0];
                return token >= 0 && token < table.Length / layer.Width
                    ? [.. table.AsSpan(token * layer.Width, layer.Width).ToArray().Select(value => (double)value)]
                    : throw new ImportException(layer.Origin, $"expected tokens from 0 to {(table.Length / layer.Width) - 1}, found {token}.");
            case "Activation":
                var function = new ElementFunction((Activation)layer.Argument!, layer.Get("Alpha", double.NaN), layer.Get("Beta", double.NaN));
                return [.. x.Select(function.Of)];
            case "LayerNorm":
                double mean = x.Average();
                double scale = 1 / Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + layer.Get("Epsilon", 1e-5));
                return [.. x.Select((value, k) => ((value - mean) * scale * layer.Tensors[0].Values[k]) + (layer.Tensors.Count > 1 ? layer.Tensors[1].Values[k] : 0))];
            default:
                double[] sums = Sums(layer, x);
                return layer.Kind switch
                {
                    "Sigmoid" => [.. sums.Select(sum => 1 / (1 + Math.Exp(-sum)))],
                    "Softmax" => Softmax(sums),
                    _ => sums,
                };
        }
    }

    private static double[] Sums(ImportedLayer layer, double[] x)
    {
        var sums = new double[layer.Width];
        for (int row = 0; row < sums.Length; row++)
        {
            sums[row] = layer.Tensors.Count > 1 ? layer.Tensors[1].Values[row] : 0;
            for (int k = 0; k < x.Length; k++)
            {
                sums[row] += layer.Tensors[0].Values[(row * x.Length) + k] * x[k];
            }
        }

        return sums;
    }

    private static double[] Softmax(double[] logits)
    {
        double largest = logits.Max();
        double[] powers = [.. logits.Select(logit => Math.Exp(logit - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
