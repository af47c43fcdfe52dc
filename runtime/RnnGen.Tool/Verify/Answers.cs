using RnnGen.Tool.Description;
using RnnGen.Verification;

namespace RnnGen.Tool.Verify;

/// <summary>How an output agrees with the known one.</summary>
/// <param name="Output">The output of the file.</param>
/// <param name="Compared">The number of elements that were compared: those after the end of a row are not.</param>
/// <param name="Difference">The largest absolute difference; NaN if one of both is no number.</param>
internal sealed record Agreement(string Output, int Compared, double Difference);

/// <summary>Known answers of an imported network.</summary>
/// <param name="model">The network, imported for the shapes of the inputs.</param>
/// <param name="inputs">The inputs by name, as the file has them.</param>
/// <param name="expected">The outputs by name.</param>
internal sealed class Answers(ImportedModel model, Func<string, float[]> inputs, Func<string, float[]> expected)
{
    private readonly float[]? _lengths = model.Inputs.FirstOrDefault(input => input.Role == InputRole.Lengths) is { } found ? inputs(found.Name) : null;
    private readonly float[][] _expected = [.. model.Outputs.Select(output => expected(output.Name))];

    /// <summary>Runs all rows and compares all outputs.</summary>
    /// <param name="network">What runs the network.</param>
    public IReadOnlyList<Agreement> Compare(INetwork network)
    {
        var compared = new int[_expected.Length];
        var differences = new double[_expected.Length];
        for (int row = 0; row < model.Rows; row++)
        {
            int steps = StepsOf(row);
            var states = new Dictionary<string, double[]>(StringComparer.Ordinal);
            Dictionary<string, double[]> outputs = network.Run(ReadRow(row, steps, states), steps, states);
            for (int k = 0; k < _expected.Length; k++)
            {
                Place[] places = model.Outputs[k].Places;
                for (int element = 0; element < places.Length; element++)
                {
                    Place place = places[element];
                    if (place.Row == row && place.Step < steps)
                    {
                        double actual = place.IsState ? states[place.Name][place.Column] : outputs[place.Name][(place.Step * WidthOf(place.Name)) + place.Column];
                        double difference = Math.Abs(actual - _expected[k][element]);
                        differences[k] = double.IsNaN(difference) ? difference : Math.Max(differences[k], difference);
                        compared[k]++;
                    }
                }
            }
        }

        return [.. model.Outputs.Select((output, k) => new Agreement(output.Name, compared[k], differences[k]))];
    }

    /// <summary>
    /// Finds the conventions with which the first row would agree, as <c>model.Verify</c> does. Empty if there are none, or if some output of the network is none of the file.
    /// </summary>
    /// <param name="run">The network.</param>
    /// <param name="tolerance">The largest absolute difference.</param>
    public IReadOnlyList<ConventionFinding> Diagnose(ReferenceRun run, double tolerance)
    {
        int steps = StepsOf(0);
        var states = new Dictionary<string, double[]>(StringComparer.Ordinal);
        double[] x = ReadRow(0, steps, states);
        ReferenceNetwork network = run.Network.StartingFrom(states.GetValueOrDefault);
        Dictionary<string, double[]> known = run.Run(x, steps, new Dictionary<string, double[]>(states)).ToDictionary(
            output => output.Key, output => Enumerable.Repeat(double.NaN, output.Value.Length).ToArray());
        for (int k = 0; k < _expected.Length; k++)
        {
            Place[] places = model.Outputs[k].Places;
            for (int element = 0; element < places.Length; element++)
            {
                if (places[element] is { Row: 0, IsState: false } place && place.Step < steps)
                {
                    known[place.Name][(place.Step * WidthOf(place.Name)) + place.Column] = _expected[k][element];
                }
            }
        }

        // An output that is not known would refuse every convention.
        double[] right = [.. model.Results.SelectMany(layer => known[layer.Name])];
        return right.Any(double.IsNaN)
            ? []
            : [.. new Diagnosis([run.Rows(x, steps)], [right], tolerance).Find(network).Select(change => new ConventionFinding(change.Kind, change.Scope, change.Text))];
    }

    private int StepsOf(int row) => _lengths is null ? model.Steps : (int)Math.Clamp(_lengths[row], 1, model.Steps);

    private int WidthOf(string layer) => model.Results.First(result => result.Name == layer).Width;

    private double[] ReadRow(int row, int steps, Dictionary<string, double[]> states)
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
