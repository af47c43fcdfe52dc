using RnnGen.Tool.Description;
using RnnGen.Tool.Tests.Published;
using RnnGen.Tool.Verify;

namespace RnnGen.Tool.Tests;

/// <summary>Runs a compiled class as the file of an imported network says.</summary>
/// <param name="imported">Where inputs and outputs are in the class.</param>
/// <param name="model">The class.</param>
internal sealed class ImportedRun(ImportedModel imported, IRnnModel model) : INetwork
{
    /// <summary>Compares all outputs of the class, and of the reference in double, with known ones.</summary>
    /// <param name="inputs">The inputs by name.</param>
    /// <param name="expected">The outputs by name.</param>
    /// <param name="tolerance">The largest difference.</param>
    public void Check(Func<string, float[]> inputs, Func<string, float[]> expected, double tolerance)
    {
        var answers = new Answers(imported, inputs, expected);
        foreach (INetwork network in new INetwork[] { this, new ReferenceRun(imported) })
        {
            IReadOnlyList<Agreement> agreements = answers.Compare(network);
            Assert.Equal(imported.Outputs.Count, agreements.Count);
            Assert.All(agreements, agreement =>
            {
                Assert.True(agreement.Compared > 0);
                Assert.True(agreement.Difference <= tolerance, $"{network.GetType().Name}, {agreement.Output}: {agreement.Difference}");
            });
        }
    }

    public Dictionary<string, double[]> Run(double[] inputs, int steps, Dictionary<string, double[]> states)
    {
        Dictionary<string, double[]> before = new(states);
        Dictionary<string, double[]> outputs = Run(NarrowRun.Twin(model), inputs, steps, states);
        if (NarrowRun.IsCurrent)
        {
            foreach ((string name, double[] expected) in Run(model, inputs, steps, before))
            {
                NarrowRun.Add(Array.ConvertAll(expected, value => (float)value), Array.ConvertAll(outputs[name], value => (float)value));
            }
        }

        return outputs;
    }

    private Dictionary<string, double[]> Run(IRnnModel model, double[] inputs, int steps, Dictionary<string, double[]> states)
    {
        State state = model.CreateState();
        foreach ((string name, double[] values) in states)
        {
            Array.ConvertAll(values, value => (float)value).CopyTo(state[name]);
        }

        var outputs = new float[model.GetOutputLength(steps)];
        if (model is IRnnModel<int> tokens)
        {
            tokens.Forward(state, Array.ConvertAll(inputs, token => (int)token), outputs);
        }
        else
        {
            ((IRnnModel<float>)model).Forward(state, Array.ConvertAll(inputs, value => (float)value), outputs);
        }

        foreach (string name in state.Names)
        {
            states[name] = [.. state[name].ToArray().Select(value => (double)value)];
        }

        return Split(model, outputs, steps);
    }

    /// <summary>The outputs of heads are one after the other.</summary>
    private Dictionary<string, double[]> Split(IRnnModel model, float[] outputs, int steps)
    {
        int rows = outputs.Length == model.OutputSize * steps ? steps : 1;
        var split = new Dictionary<string, double[]>();
        int start = 0;
        foreach (ImportedLayer layer in imported.Results)
        {
            split.Add(layer.Name, [.. outputs.AsSpan(start, rows * layer.Width).ToArray().Select(value => (double)value)]);
            start += rows * layer.Width;
        }

        return split;
    }
}
