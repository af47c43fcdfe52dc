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

    public static TheoryData<string, int> All
    {
        get
        {
            var data = new TheoryData<string, int>();
            int count = 0;
            foreach ((string layer, string[] options) in new[] { ("Lstm", Lstm), ("Gru", Gru), ("Rnn", Rnn) })
            {
                foreach (string option in options)
                {
                    // Every option with and without biases, each at two of the sizes: all four are too many for every vector width.
                    Add(data, layer, option, "", Sizes[count % 4]);
                    Add(data, layer, option, "", Sizes[(count + 2) % 4]);
                    Add(data, layer, option, ", Bias = false", Sizes[(count + 1) % 4]);
                    Add(data, layer, option, ", Bias = false", Sizes[(count + 3) % 4]);
                    count++;
                }
            }

            return data;
        }
    }

    private static void Add(TheoryData<string, int> data, string layer, string option, string bias, (int Input, int Units) size) =>
        data.Add($"{layer}({size.Units}, {option.Replace("PROJECTION", ((size.Units + 1) / 2).ToString())}{bias})", size.Input);

    [Theory]
    [MemberData(nameof(All))]
    public void Kernels_agree_with_the_equations(string layer, int inputSize) =>
        Check(CompiledCell.Create($"[RnnModel({inputSize}, 5), {layer}]"));

    [Theory]
    [InlineData("LeakyRelu")]
    [InlineData("HardSigmoid")]
    [InlineData("Softsign")]
    [InlineData("Softplus")]
    [InlineData("Elu")]
    [InlineData("Affine")]
    [InlineData("Affine, Alpha = -2")]
    [InlineData("Affine, Alpha = 0, Beta = 0.5f")]
    public void A_layer_of_its_own(string activation) => Check(CompiledCell.Create(
        "[RnnModel(3, 5)]",
        $"[Lstm(7, ProjectionSize = 5)] public partial Layer Low {{ get; }} [Activation(Activation.{activation})] public partial Layer Squash {{ get; }} [Dense(2)] public partial Layer Out {{ get; }}"));

    /// <summary>Layers that simplify to their input.</summary>
    [Theory]
    [InlineData("[Activation(Activation.Affine)] public partial Layer Same { get; } [Gru(5)] public partial Layer Low { get; }")]
    [InlineData("[Activation(Activation.Affine)] public partial Layer Same { get; }")]
    [InlineData("[Gru(5)] public partial Layer Low { get; } [Activation(Activation.Affine)] public partial Layer Same { get; }")]
    [InlineData("[Activation(Activation.Affine)] public partial Layer Same { get; } [Rnn(4)] public partial Layer Low { get; } [Activation(Activation.Affine)] public partial Layer Again { get; } [Activation(Activation.Affine)] public partial Layer Third { get; } [Dense(3)] public partial Layer Out { get; }")]
    public void A_layer_that_changes_nothing(string members) => Check(CompiledCell.Create("[RnnModel(3, 5)]", members));

    [Theory]
    [InlineData("[RnnModel(5, 5)]", "[LayerNorm] public partial Layer Norm { get; } [Gru(3)] public partial Layer Low { get; }")]
    [InlineData("[RnnModel(3, 5)]", "[Lstm(17)] public partial Layer Low { get; } [LayerNorm] public partial Layer Norm { get; } [Gru(4)] public partial Layer High { get; } [Dense(2)] public partial Layer Out { get; }")]
    [InlineData("[RnnModel(3, 5)]", "[Rnn(16, Activation = Activation.Sigmoid)] public partial Layer Low { get; } [LayerNorm(Bias = false)] public partial Layer Norm { get; }")]
    [InlineData("[RnnModel(3, 5)]", "[Rnn(33, ReturnSequences = false)] public partial Layer Low { get; } [LayerNorm] public partial Layer Norm { get; } [Dense(2)] public partial Layer Out { get; }")]
    public void Layer_normalisation_between_layers(string attributes, string members) => Check(CompiledCell.Create(attributes, members));

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
