using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Verification;

namespace RnnGen.Tool.Verify;

/// <summary>Runs an imported network in double precision, plainly and slowly.</summary>
/// <param name="model">The network.</param>
internal sealed class ReferenceRun(ImportedModel model) : INetwork
{
    private readonly Dictionary<int, double[]> _tokens = [];

    /// <summary>Its layers.</summary>
    public ReferenceNetwork Network { get; } = ImportedLayers.ToNetwork(model);

    /// <inheritdoc/>
    public Dictionary<string, double[]> Run(double[] inputs, int steps, Dictionary<string, double[]> states)
    {
        ReferenceNetwork network = Network.StartingFrom(states.GetValueOrDefault);
        var state = new ReferenceState();
        double[][][] outputs = network.RunLayers(Rows(inputs, steps), state);
        foreach (ReferenceLayer layer in network.Layers)
        {
            for (int k = 0; k < layer.Cells.Count; k++)
            {
                (states[$"{layer.Name}.h{layer.Cells[k].Suffix}"], double[] c) = state.Of(layer, k);
                if (layer.Cells[k].IsLstm)
                {
                    states[$"{layer.Name}.c{layer.Cells[k].Suffix}"] = c;
                }
            }
        }

        return model.Results.ToDictionary(
            layer => layer.Name, layer => outputs[model.Layers.ToList().IndexOf(layer)].SelectMany(vector => vector).ToArray());
    }

    /// <summary>Inputs as rows: a token becomes a vector with a single 1.</summary>
    /// <param name="inputs">[steps x InputSize], or one token per step.</param>
    /// <param name="steps">The number of steps.</param>
    public double[][] Rows(double[] inputs, int steps)
    {
        int width = inputs.Length / steps;
        return [.. Enumerable.Range(0, steps).Select(step => model.HasTokens ? Vector(inputs[step]) : inputs[(step * width)..((step + 1) * width)])];
    }

    private double[] Vector(double token)
    {
        if (!(token >= 0 && token < model.InputSize))
        {
            throw new ImportException("The inputs", $"expected tokens from 0 to {model.InputSize - 1}, found {token}.");
        }

        if (!_tokens.TryGetValue((int)token, out double[]? vector))
        {
            vector = new double[model.InputSize];
            vector[(int)token] = 1;
            _tokens.Add((int)token, vector);
        }

        return vector;
    }
}
