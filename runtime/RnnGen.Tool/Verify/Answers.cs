using RnnGen.Tool.Description;

namespace RnnGen.Tool.Verify;

/// <summary>How an output agrees with the known one.</summary>
/// <param name="Output">The output of the file.</param>
/// <param name="Compared">The number of elements that were compared: those after the end of a row are not.</param>
/// <param name="Difference">The largest absolute difference; NaN if one of both is no number.</param>
internal sealed record Agreement(string Output, int Compared, double Difference);

/// <summary>Compares the outputs of an imported network with known ones.</summary>
internal static class Answers
{
    /// <summary>Runs all rows and compares all outputs.</summary>
    /// <param name="model">The network, imported for the shapes of the inputs.</param>
    /// <param name="network">What runs it.</param>
    /// <param name="inputs">The inputs by name, as the file has them.</param>
    /// <param name="expected">The outputs by name.</param>
    public static IReadOnlyList<Agreement> Compare(ImportedModel model, INetwork network, Func<string, float[]> inputs, Func<string, float[]> expected)
    {
        float[]? lengths = model.Inputs.FirstOrDefault(input => input.Role == InputRole.Lengths) is { } found ? inputs(found.Name) : null;
        float[][] wanted = [.. model.Outputs.Select(output => expected(output.Name))];
        var compared = new int[wanted.Length];
        var differences = new double[wanted.Length];
        for (int row = 0; row < model.Rows; row++)
        {
            int steps = lengths is null ? model.Steps : (int)Math.Clamp(lengths[row], 1, model.Steps);
            var states = new Dictionary<string, double[]>(StringComparer.Ordinal);
            Dictionary<string, double[]> outputs = network.Run(ReadRow(model, row, steps, inputs, states), steps, states);
            for (int k = 0; k < wanted.Length; k++)
            {
                Place[] places = model.Outputs[k].Places;
                for (int element = 0; element < places.Length; element++)
                {
                    Place place = places[element];
                    if (place.Row == row && place.Step < steps)
                    {
                        double actual = place.IsState ? states[place.Name][place.Column] : outputs[place.Name][(place.Step * WidthOf(model, place.Name)) + place.Column];
                        double difference = Math.Abs(actual - wanted[k][element]);
                        differences[k] = double.IsNaN(difference) ? difference : Math.Max(differences[k], difference);
                        compared[k]++;
                    }
                }
            }
        }

        return [.. model.Outputs.Select((output, k) => new Agreement(output.Name, compared[k], differences[k]))];
    }

    private static int WidthOf(ImportedModel model, string layer) => model.Results.First(result => result.Name == layer).Width;

    private static double[] ReadRow(ImportedModel model, int row, int steps, Func<string, float[]> inputs, Dictionary<string, double[]> states)
    {
        int width = model.HasTokens ? 1 : model.InputSize;
        var x = new double[steps * width];
        foreach (ImportedInput input in model.Inputs.Where(input => input.Places.Length > 0))
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
                    if (!states.TryGetValue(place.Name, out double[]? state))
                    {
                        states.Add(place.Name, state = new double[input.Places.Where(other => other.Name == place.Name).Max(other => other.Column) + 1]);
                    }

                    state[place.Column] = values[k];
                }
                else if (place.Step < steps)
                {
                    x[(place.Step * width) + place.Column] = values[k];
                }
            }
        }

        return x;
    }
}
