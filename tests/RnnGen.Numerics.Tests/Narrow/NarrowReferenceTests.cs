using RnnGen.Verification;

namespace RnnGen.Numerics.Tests.Narrow;

/// <summary>What the tool tells of a format is what the kernels do: the reference in double that rounds has their errors.</summary>
public sealed class NarrowReferenceTests
{
    private static readonly Dictionary<string, Func<(IRnnModel<float> Floats, IRnnModel<float>[] Narrow)>> Models = new()
    {
        ["Lstm"] = () => (new FloatLstm(seed: 1), [new HalfLstm(seed: 1), new ByteLstm(seed: 1), new NibbleLstm(seed: 1)]),
        ["Gru"] = () => (new FloatGru(seed: 1), [new HalfGru(seed: 1), new ByteGru(seed: 1), new NibbleGru(seed: 1)]),
        ["Rnn"] = () => (new FloatRnn(seed: 1), [new HalfRnn(seed: 1), new ByteRnn(seed: 1), new NibbleRnn(seed: 1)]),
    };

    public static TheoryData<string, WeightFormat> Cases =>
        new(from name in Models.Keys from format in new[] { WeightFormat.BFloat16, WeightFormat.Int8, WeightFormat.Int4 } select (name, format));

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_has_the_errors_of_the_kernels(string name, WeightFormat format)
    {
        const int Steps = 300;
        (IRnnModel<float> floats, IRnnModel<float>[] all) = Models[name]();
        var narrow = (IRnnStreamingModel<float>)all[format - WeightFormat.BFloat16];
        var random = new Random(5);
        float[] inputs = [.. Enumerable.Range(0, Steps * floats.InputSize).Select(_ => (random.NextSingle() * 2) - 1)];
        double[][] rows = new ReferenceInputs<float>(floats.InputSize).Rows(inputs);

        ReferenceNetwork network = ReferenceNetwork.Of(floats);
        double[] exact = network.Run(rows, new ReferenceState());
        double[] rounded = NarrowReference.Of(network, hasTokens: false, _ => format).Run(rows, new ReferenceState());
        State state = narrow.CreateState();
        var kernel = new float[exact.Length];
        for (int step = 0; step < Steps; step++)
        {
            narrow.Step(state, inputs.AsSpan(step * floats.InputSize, floats.InputSize), kernel.AsSpan(step * floats.OutputSize, floats.OutputSize));
        }

        double error = exact.Zip(kernel, (a, b) => Math.Abs(a - b)).Max();
        double simulated = exact.Zip(rounded, (a, b) => Math.Abs(a - b)).Max();
        double between = rounded.Zip(kernel, (a, b) => Math.Abs(a - b)).Max();
        TestContext.Current.TestOutputHelper?.WriteLine($"{name} {format}: kernels {error:G3}, reference {simulated:G3}, between them {between:G3}");
        Assert.InRange(error, 1e-5, 0.5);
        Assert.InRange(simulated, error / 2, error * 2);
        Assert.InRange(between, 0, error / 2);
    }

    /// <summary>Inputs of fewer than eight numbers, and tokens, are read as they are.</summary>
    [Fact]
    public void What_kernels_do_not_round_it_does_not_round()
    {
        ReferenceNetwork text = ReferenceNetwork.Of(new FloatText(seed: 1));
        ReferenceLayer lstm = text.Layers[1];
        Assert.False(NarrowReference.IsNarrow(text.Layers[0], readsTokens: true));
        Assert.True(NarrowReference.IsNarrow(lstm, readsTokens: false));
        ReferenceLayer rounded = NarrowReference.Of(text, hasTokens: true, _ => WeightFormat.Int8).Layers[1];
        Assert.NotEqual(lstm.Cells[0].InputWeights, rounded.Cells[0].InputWeights);
        Assert.Equal(lstm.Cells[0].InputBias, rounded.Cells[0].InputBias);

        ReferenceLayer direct = text.Layers[1] with { Sources = [-1] };
        ReferenceLayer tokens = NarrowReference.Of(text with { Layers = [direct] }, hasTokens: true, _ => WeightFormat.Int8).Layers[0];
        Assert.Equal(lstm.Cells[0].InputWeights, tokens.Cells[0].InputWeights);
        Assert.NotEqual(lstm.Cells[0].StateWeights, tokens.Cells[0].StateWeights);
        Assert.NotEqual(lstm.Cells[1].InputWeights, tokens.Cells[1].InputWeights);

        // 24 units, two levels of four gates with 12 and 24 inputs, and two biases.
        const int Units = 4 * 24;
        Assert.Equal(Units * ((2 * 2 * 4) + (4 * 4) + 12 + (3 * 24)), NarrowReference.Bytes(lstm, WeightFormat.Int8, readsTokens: false));
        Assert.Equal(Units * 4 * ((2 * 2) + 12 + (3 * 24)), NarrowReference.Bytes(lstm, WeightFormat.Float32, readsTokens: false));
    }
}
