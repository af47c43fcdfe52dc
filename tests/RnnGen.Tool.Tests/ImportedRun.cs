using RnnGen.Tool.Description;

namespace RnnGen.Tool.Tests;

/// <summary>Runs a compiled class on the inputs of a file, and gives its outputs as the file has them.</summary>
/// <param name="imported">Where inputs and outputs are in the class.</param>
/// <param name="model">The class.</param>
internal sealed class ImportedRun(ImportedModel imported, IRnnModel model)
{
    /// <summary>Compares all outputs.</summary>
    /// <param name="inputs">The inputs by name.</param>
    /// <param name="expected">The outputs by name.</param>
    /// <param name="tolerance">The largest difference.</param>
    public void Check(Func<string, float[]> inputs, Func<string, float[]> expected, double tolerance)
    {
        float[]? lengths = imported.Inputs.FirstOrDefault(input => input.Role == InputRole.Lengths) is { } found ? inputs(found.Name) : null;
        var wanted = imported.Outputs.Select(output => (Output: output, Values: expected(output.Name))).ToArray();
        int compared = 0;
        for (int row = 0; row < imported.Rows; row++)
        {
            int steps = lengths is null ? imported.Steps : (int)lengths[row];
            (State state, float[] outputs) = Run(row, steps, inputs);
            foreach ((ImportedOutput output, float[] values) in wanted)
            {
                Assert.Equal(values.Length, output.Places.Length);
                for (int k = 0; k < values.Length; k++)
                {
                    Place place = output.Places[k];
                    if (place.Row == row && place.Step < steps)
                    {
                        float actual = place.IsState ? state[place.Name][place.Column] : outputs[IndexOf(place, steps, outputs.Length)];
                        Assert.True(Math.Abs(values[k] - actual) <= tolerance, $"{output.Name}[{k}]: expected {values[k]}, found {actual}");
                        compared++;
                    }
                }
            }
        }

        Assert.True(compared > 0);
    }

    private (State State, float[] Outputs) Run(int row, int steps, Func<string, float[]> inputs)
    {
        State state = model.CreateState();
        var x = new float[steps * (imported.HasTokens ? 1 : imported.InputSize)];
        foreach (ImportedInput input in imported.Inputs.Where(input => input.Places.Length > 0))
        {
            float[] values = inputs(input.Name);
            for (int k = 0; k < values.Length; k++)
            {
                Place place = input.Places[k];
                if (place.Row != row || place.Column < 0)
                {
                    continue;
                }

                if (place.IsState)
                {
                    state[place.Name][place.Column] = values[k];
                }
                else if (place.Step < steps)
                {
                    x[(place.Step * (imported.HasTokens ? 1 : imported.InputSize)) + place.Column] = values[k];
                }
            }
        }

        var outputs = new float[model.GetOutputLength(steps)];
        if (model is IRnnModel<int> tokens)
        {
            tokens.Forward(state, Array.ConvertAll(x, token => (int)token), outputs);
        }
        else
        {
            ((IRnnModel<float>)model).Forward(state, x, outputs);
        }

        return (state, outputs);
    }

    /// <summary>The outputs of heads are one after the other.</summary>
    private int IndexOf(Place place, int steps, int length)
    {
        int rows = length == model.OutputSize * steps ? steps : 1;
        int start = 0;
        foreach (ImportedLayer layer in imported.Results)
        {
            if (layer.Name == place.Name)
            {
                return start + (place.Step * layer.Width) + place.Column;
            }

            start += rows * layer.Width;
        }

        throw new InvalidOperationException($"'{place.Name}' is no output.");
    }
}
