using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// Every option of the cells, alone and together, at sizes below, at and above those of vectors: declared as users do, compiled while the
/// tests run, compared with the equations in double precision and their finite differences.
/// </summary>
public sealed class OptionTests
{
    private static readonly string[] Lstm =
    [
        "Peepholes = true",
        "InputForget = true",
        "Peepholes = true, InputForget = true",
        "Clip = 0.4f",
        "Peepholes = true, Clip = 0.3f",
        "ProjectionSize = 1",
        "ProjectionSize = PROJECTION, Peepholes = true",
        "ProjectionSize = PROJECTION, Peepholes = true, InputForget = true, Clip = 0.5f",
        "LayerNorm = true",
        "LayerNorm = true, Peepholes = true, InputForget = true, ProjectionSize = PROJECTION, Clip = 0.7f",
        "GateActivation = Activation.HardSigmoid, CellActivation = Activation.Softsign, OutputActivation = Activation.Elu",
        "GateActivation = Activation.HardSigmoid, GateAlpha = 0.3f, GateBeta = 0.4f, OutputActivation = Activation.Affine, OutputAlpha = 0.5f",
        "CellActivation = Activation.ScaledTanh, CellAlpha = 1.7f, CellBeta = 0.6f, OutputActivation = Activation.LeakyRelu",
        "CellActivation = Activation.Softplus, OutputActivation = Activation.ThresholdedRelu, OutputAlpha = 0.1f",
        "OutputActivation = Activation.Elu, OutputAlpha = 0.5f, ReturnSequences = false",
        "RecurrentDropout = 0.3, Zoneout = 0.1, ZoneoutCell = 0.5, LearnInitialState = true",
    ];

    private static readonly string[] Gru =
    [
        "Clip = 0.4f",
        "Clip = 0.4f, LinearBeforeReset = false",
        "GateActivation = Activation.HardSigmoid, CandidateActivation = Activation.Softsign",
        "GateActivation = Activation.HardSigmoid, CandidateActivation = Activation.Elu, LinearBeforeReset = false",
        "CandidateActivation = Activation.Softplus, GateActivation = Activation.ScaledTanh, GateAlpha = 0.5f, GateBeta = 2",
        "RecurrentDropout = 0.3, Zoneout = 0.2, LearnInitialState = true",
    ];

    private static readonly string[] Rnn =
    [
        "Clip = 0.4f",
        "Activation = Activation.Affine, Alpha = 0.7f, Beta = 0.1f",
        "Activation = Activation.Affine",
        "Activation = Activation.LeakyRelu",
        "Activation = Activation.LeakyRelu, Alpha = -0.3f",
        "Activation = Activation.ThresholdedRelu, Alpha = 0.2f",
        "Activation = Activation.ThresholdedRelu, Alpha = -0.2f",
        "Activation = Activation.ScaledTanh, Alpha = 1.7f, Beta = 0.7f",
        "Activation = Activation.HardSigmoid",
        "Activation = Activation.Elu, Alpha = 0.8f",
        "Activation = Activation.Elu, Alpha = -0.8f",
        "Activation = Activation.Softsign",
        "Activation = Activation.Softplus, Clip = 0.8f",
        "RecurrentDropout = 0.3, Zoneout = 0.2, LearnInitialState = true",
    ];

    // Input size and units.
    private static readonly (int Input, int Units)[] Sizes = [(3, 5), (1, 16), (5, 17), (6, 35)];

    private static readonly (string Name, DeclaredModel Model)[] Declared = [.. Options(), .. Functions(), .. Simplified(), .. Normalized()];

    private static readonly CompiledModels Models = new(Declared);

    public static TheoryData<string> Names => [.. Declared.Select(d => d.Name)];

    private static IEnumerable<(string Name, DeclaredModel Model)> Options()
    {
        int count = 0;
        foreach ((string layer, string[] options) in new[] { ("Lstm", Lstm), ("Gru", Gru), ("Rnn", Rnn) })
        {
            foreach (string option in options)
            {
                // Every option with and without biases, each at two of the sizes: all four are too many for every vector width.
                yield return Sized(option, Sizes[count % 4]);
                yield return Sized(option, Sizes[(count + 2) % 4]);
                yield return Sized(option + ", Bias = false", Sizes[(count + 1) % 4]);
                yield return Sized(option + ", Bias = false", Sizes[(count + 3) % 4]);
                count++;
            }

            (string Name, DeclaredModel Model) Sized(string option, (int Input, int Units) size)
            {
                string attributes = $"[RnnModel({size.Input}, 5), {layer}({size.Units}, {option.Replace("PROJECTION", ((size.Units + 1) / 2).ToString())})]";
                return (attributes, new DeclaredModel(attributes));
            }
        }
    }

    /// <summary>Functions as layers.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Functions()
    {
        string[] functions = ["LeakyRelu", "HardSigmoid", "Softsign", "Softplus", "Elu", "Affine", "Affine, Alpha = -2", "Affine, Alpha = 0, Beta = 0.5f"];
        return functions.Select(function => Of(3, "Lstm(7, ProjectionSize = 5)", $"Activation(Activation.{function})", "Dense(2)"));
    }

    /// <summary>Layers that simplify to their input.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Simplified()
    {
        const string Same = "Activation(Activation.Affine)";
        return [Of(3, Same, "Gru(5)"), Of(3, Same), Of(3, "Gru(5)", Same), Of(3, Same, "Rnn(4)", Same, Same, "Dense(3)")];
    }

    /// <summary>Layer normalization between layers.</summary>
    private static IEnumerable<(string Name, DeclaredModel Model)> Normalized() =>
    [
        Of(5, "LayerNorm", "Gru(3)"),
        Of(3, "Lstm(17)", "LayerNorm", "Gru(4)", "Dense(2)"),
        Of(3, "Rnn(16, Activation = Activation.Sigmoid)", "LayerNorm(Bias = false, Epsilon = 0.25)"),
        Of(3, "Rnn(33, ReturnSequences = false)", "LayerNorm", "Dense(2)"),
    ];

    private static (string Name, DeclaredModel Model) Of(int inputSize, params string[] layers)
    {
        string members = string.Concat(layers.Select((layer, k) => $"[{layer}] public partial Layer {(char)('A' + k)} {{ get; }} "));
        return (string.Join(", ", layers), new DeclaredModel($"[RnnModel({inputSize}, 5)]", members));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_agree_with_the_equations(string name) => Check(Models.Create(name));

    private static void Check(IRnnModel model)
    {
        var test = new ModelUnderTest(model);
        ModelCheck.Run(test);
        GeneratedCodeTests.CheckMethods(model.GetType());

        var x = new float[model.GetInputLength(model.SequenceLength)];
        Array.Fill(x, 0.3f);
        var y = new float[model.GetOutputLength(model.SequenceLength)];
        float[] dy = [.. y.Select(_ => 0.5f)];
        test.Tape.Clear();
        test.State.Reset();
        test.Record(x, y);
        test.Backward(dy);

        // Optimizers go through the padding, too: it must not move, nor count in the norm.
        int trained = model.Layers.SelectMany(l => l.Parameters).Sum(p =>
        {
            var gradient = new float[p.Count];
            test.Tape.CopyGradient(p, gradient);
            return gradient.Count(g => g != 0);
        });
        Assert.Equal(trained, test.Tape.Gradients.ToArray().Count(g => g != 0));

        test.State.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        test.Record(x, y);
        test.Backward(dy);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
