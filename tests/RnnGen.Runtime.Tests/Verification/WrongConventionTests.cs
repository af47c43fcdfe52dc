namespace RnnGen.Tests.Verification;

/// <summary>Conventions that are wrong on purpose are found, and the right one is named.</summary>
public class WrongConventionTests(ITestOutputHelper output)
{
    private const int Seeds = 3;

    [Fact]
    public void Wrong_conventions_are_caught_and_named()
    {
        (string Name, Convention Kind, string Text, Func<int, (IRnnModel<float> Right, IRnnModel<float> Wrong)> Make)[] cases =
        [
            ("gates of an LSTM", Convention.GateOrder, "i f o g", seed => Reloaded(new OneLstm(seed), WeightLayout.PyTorch with { GateOrder = "i f o g" })),
            ("gates of two LSTMs", Convention.GateOrder, "i o f g", seed => Reloaded(new TwoLstms(seed), WeightLayout.PyTorch with { GateOrder = "i o f g" })),
            ("gates of a GRU", Convention.GateOrder, "z r n", seed => Reloaded(new OneGru(seed), WeightLayout.PyTorch with { GateOrder = "z r n" })),
            ("gates of one matrix", Convention.GateOrder, "state weights alone are in the order i f o g", seed => StateGates(new OneLstm(seed))),
            ("transposed matrices", Convention.Transposition, "Transposed = true", seed => Reloaded(new TwoLstms(seed), WeightLayout.PyTorch with { Transposed = true })),
            ("a transposed square matrix", Convention.Transposition, "state weights are transposed", seed => SquareTransposed(new OneRnn(seed))),
            ("[h, x]", Convention.JoinedOrder, "StateFirst", seed => Reloaded(new OneLstm(seed), WeightLayout.PyTorch with { Joined = JoinedWeights.StateFirst })),
            ("reset before the product", Convention.ResetGate, "LinearBeforeReset = false", seed => Other(new BeforeGru(seed), new OneGru(seed))),
            ("reset after the product, two layers", Convention.ResetGate, "LinearBeforeReset = true", seed => Other(new TwoGrus(seed), new BeforeGrus(seed))),
            ("the bias twice", Convention.Biases, "one bias", seed => BiasTwice(new OneLstm(seed))),
            ("biases exchanged", Convention.Biases, "exchanged", seed => BiasesExchanged(new TwoGrus(seed))),
            ("update gate inverted", Convention.UpdateGate, "InvertedUpdate = true", seed => Reloaded(new TwoGrus(seed), WeightLayout.PyTorch with { InvertedUpdate = true })),
            ("forget bias missing", Convention.ForgetBias, "ForgetBias = 1", seed => Reloaded(new TwoLstms(seed), WeightLayout.PyTorch with { ForgetBias = 1 })),
            ("function of the layer", Convention.Activation, "Relu", seed => Other(new ReluRnn(seed), new OneRnn(seed))),
            ("function of the gates", Convention.Activation, "HardSigmoid with alpha 0.2", seed => Other(new HardLstm(seed), new OneLstm(seed))),
            ("function of the head", Convention.Activation, "Sigmoid", seed => Other(new SigmoidLstm(seed), new OneLstm(seed))),
            ("direction", Convention.Direction, "Direction.Reverse", seed => Other(new ReverseLstm(seed), new OneLstm(seed))),
            ("directions of a layer", Convention.Direction, "the weights of the directions are exchanged", seed => DirectionsExchanged(new AveragedLstm(seed))),
            ("sum of directions", Convention.Merge, "Merge.Average", seed => Other(new AveragedLstm(seed), new SummedLstm(seed))),
            ("order of peepholes", Convention.Peepholes, "in the order i o f", seed => PeepholesExchanged(new PeepholeLstm(seed))),
            ("initial states", Convention.InitialState, "initial states are zero", seed => Started(new StartedLstm(seed))),
        ];

        var failures = new List<string>();
        foreach ((string name, Convention kind, string text, var make) in cases)
        {
            for (int seed = 1; seed <= Seeds; seed++)
            {
                (IRnnModel<float> right, IRnnModel<float> wrong) = make(seed);
                (float[] x, float[] y) = VerifyTests.Sequences(right, sequences: 2, steps: 8, seed);
                float[] before = wrong.Parameters.ToArray();

                VerifyResult result = wrong.Verify(x, y, 1e-5f, sequences: 2);

                output.WriteLine($"{name}: {result}");
                Assert.True(wrong.Parameters.SequenceEqual(before));
                Assert.False(result.Passed, $"{name} was not caught.");
                if (!(result.Findings is [var finding] && finding.Convention == kind && finding.Text.Contains(text, StringComparison.Ordinal)))
                {
                    failures.Add($"{name}: {result}");
                }
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void Two_wrong_conventions_are_named_together()
    {
        (string Name, Convention[] Kinds, Func<(IRnnModel<float> Right, IRnnModel<float> Wrong)> Make)[] cases =
        [
            ("TensorFlow 1's LSTM taken for PyTorch's", [Convention.GateOrder, Convention.ForgetBias], () => Reloaded(new OneLstm(seed: 1), WeightLayout.PyTorch with { GateOrder = "i g f o", ForgetBias = 1 })),
            ("Keras' GRU taken for PyTorch's", [Convention.GateOrder, Convention.Transposition], () => Reloaded(new OneGru(seed: 1), WeightLayout.PyTorch with { GateOrder = "z r n", Transposed = true })),
            ("another form, other gates", [Convention.GateOrder, Convention.ResetGate], () => Reloaded(new BeforeGru(seed: 1), new OneGru(seed: 1), WeightLayout.PyTorch with { GateOrder = "z r n", ResetAfter = false })),
        ];
        foreach ((string name, Convention[] kinds, var make) in cases)
        {
            (IRnnModel<float> right, IRnnModel<float> wrong) = make();
            (float[] x, float[] y) = VerifyTests.Sequences(right, sequences: 1, steps: 10);

            VerifyResult result = wrong.Verify(x, y);

            output.WriteLine($"{name}: {result}");
            Assert.Equal(kinds.Order(), result.Findings.Select(finding => finding.Convention).Order());
        }
    }

    [Fact]
    public void A_carried_state_is_found_between_sequences()
    {
        var model = new OneGru(seed: 1);
        (float[] x, float[] y) = VerifyTests.Sequences(model, sequences: 1, steps: 12);

        VerifyResult result = model.Verify(x, y, sequences: 3);

        Assert.Equal(Convention.InitialState, Assert.Single(result.Findings).Convention);
    }

    [Fact]
    public void Sequences_step_by_step_are_found()
    {
        foreach (IRnnModel<float> model in new IRnnModel<float>[] { new OneGru(seed: 1), new TwoRnns(seed: 1), new BidirectionalGru(seed: 1) })
        {
            (float[] x, float[] y) = VerifyTests.Sequences(model, sequences: 3, steps: 5);
            float[] stepByStep = StepByStep(x, model.InputSize);

            VerifyResult result = model.Verify(stepByStep, model is TwoRnns ? y : StepByStep(y, model.OutputSize), sequences: 3);

            Assert.False(result.Passed);
            Assert.Equal(Convention.TimeMajor, Assert.Single(result.Findings).Convention);
        }

        static float[] StepByStep(float[] values, int size) =>
            [.. values.Chunk(size).Select((row, k) => (row, k)).OrderBy(item => item.k % 5).ThenBy(item => item.k / 5).SelectMany(item => item.row)];
    }

    [Fact]
    public void Heads_step_by_step_are_found()
    {
        const int Steps = 5;
        var model = new TwoAnswers(seed: 1);
        (float[] x, float[] y) = VerifyTests.Sequences(model, sequences: 1, Steps);
        int[] sizes = [.. model.Layers.Select(layer => layer.Declaration).OfType<HeadAttribute>().Select(head => head.Size)];
        float[] stepByStep = [.. Enumerable.Range(0, Steps).SelectMany(step => sizes.SelectMany((size, head) => y.AsSpan((Steps * sizes[..head].Sum()) + (step * size), size).ToArray()))];

        VerifyResult result = model.Verify(x, stepByStep);

        Assert.True(model.Verify(x, y).Passed);
        Assert.False(result.Passed);
        Assert.Equal(Convention.Heads, Assert.Single(result.Findings).Convention);
    }

    [Theory]
    [InlineData(nameof(OneLstm))]
    [InlineData(nameof(BidirectionalGru))]
    public void A_given_state_that_should_be_zero_is_found(string name)
    {
        IRnnModel<float> model = name == nameof(OneLstm) ? new OneLstm(seed: 1) : new BidirectionalGru(seed: 1);
        State start = model.CreateState();
        start.StartFrom([.. Enumerable.Range(0, start.Count).Select(k => MathF.Sin(k))]);
        (float[] x, float[] y) = VerifyTests.Sequences(model, sequences: 2, steps: 6);
        var fromStart = new float[y.Length / 2];
        model.Forward(start.Fork(), x.AsSpan(0, x.Length / 2), fromStart);

        VerifyResult result = model.Verify(x, y, sequences: 2, initialState: start);

        Assert.Equal(Convention.InitialState, Assert.Single(result.Findings).Convention);
        Assert.True(model.Verify(x.AsSpan(0, x.Length / 2), fromStart, initialState: start).Passed);
        Assert.Throws<ArgumentException>("initialState", () => model.Verify(x, y, sequences: 2, initialState: new OneRnn(seed: 1).CreateState()));
    }

    [Fact]
    public void The_text_names_layer_and_property()
    {
        (IRnnModel<float> right, IRnnModel<float> wrong) = Reloaded(new OneLstm(seed: 1), WeightLayout.PyTorch with { GateOrder = "i o f g" });
        (float[] x, float[] y) = VerifyTests.Sequences(right, sequences: 1, steps: 10);

        string text = wrong.Verify(x, y).ToString();

        Assert.Contains("The outputs are right if:\n  Lstm: the gates are in the order i o f g, where i f g o is assumed: GateOrder = \"i o f g\"", text, StringComparison.Ordinal);
    }

    /// <summary>The arrays of a layout, loaded as if they were PyTorch's.</summary>
    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) Reloaded(IRnnModel<float> right, WeightLayout layout) => Reloaded(right, right.Clone(), layout);

    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) Reloaded(IRnnModel<float> right, IRnnModel<float> wrong, WeightLayout layout)
    {
        Other(right, wrong);
        Layer target = wrong.Layers[0];
        for (int level = 0; level < ((RecurrentAttribute)target.Declaration).Layers; level++)
        {
            RecurrentWeights weights = right.Layers[0].Export(layout, level);
            IReadOnlyList<WeightTensor> input = Flat(weights.InputWeights);
            IReadOnlyList<WeightTensor> state = Flat(weights.StateWeights);
            target.Import(
                new RecurrentWeights
                {
                    Layout = WeightLayout.PyTorch with { Joined = layout.Joined == JoinedWeights.None ? JoinedWeights.None : JoinedWeights.InputFirst },
                    InputWeights = input,
                    StateWeights = state,
                    InputBias = weights.InputBias,
                    StateBias = weights.StateBias,
                },
                level);
        }

        return (right, wrong);

        static IReadOnlyList<WeightTensor> Flat(IReadOnlyList<WeightTensor> arrays) => [.. arrays.Select(array => new WeightTensor(array.Values))];
    }

    /// <summary>The same weights in another class.</summary>
    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) Other(IRnnModel<float> right, IRnnModel<float> wrong)
    {
        foreach ((Parameter from, Parameter to) in right.Layers.SelectMany(layer => layer.Parameters).Zip(wrong.Layers.SelectMany(layer => layer.Parameters)))
        {
            to.CopyFrom(Values(from));
        }

        return (right, wrong);
    }

    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) StateGates(OneLstm right)
    {
        OneLstm wrong = right.Clone();
        RecurrentWeights weights = right.Layers[0].Export(WeightLayout.PyTorch with { GateOrder = "i f o g" });
        wrong.Layers[0]["weight_hh_l0"].CopyFrom(weights.StateWeights[0].Values.Span);
        return (right, wrong);
    }

    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) SquareTransposed(OneRnn right)
    {
        OneRnn wrong = right.Clone();
        float[] values = Values(right.Layers[0]["weight_hh_l0"]);
        wrong.Layers[0]["weight_hh_l0"].CopyFrom([.. Enumerable.Range(0, 49).Select(k => values[(k % 7 * 7) + (k / 7)])]);
        return (right, wrong);
    }

    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) BiasTwice(OneLstm right)
    {
        right.Layers[0]["bias_hh_l0"].CopyFrom(new float[24]);
        OneLstm wrong = right.Clone();
        wrong.Layers[0]["bias_hh_l0"].CopyFrom(Values(right.Layers[0]["bias_ih_l0"]));
        return (right, wrong);
    }

    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) BiasesExchanged(TwoGrus right)
    {
        TwoGrus wrong = right.Clone();
        foreach (string level in new[] { "l0", "l1" })
        {
            wrong.Layers[0]["bias_hh_" + level].CopyFrom(Values(right.Layers[0]["bias_ih_" + level]));
            wrong.Layers[0]["bias_ih_" + level].CopyFrom(Values(right.Layers[0]["bias_hh_" + level]));
        }

        return (right, wrong);
    }

    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) PeepholesExchanged(PeepholeLstm right)
    {
        PeepholeLstm wrong = right.Clone();
        foreach ((string to, string from) in new[] { ("f", "o"), ("o", "f") })
        {
            wrong.Layers[0][$"weight_c{to}_l0"].CopyFrom(Values(right.Layers[0][$"weight_c{from}_l0"]));
        }

        return (right, wrong);
    }

    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) DirectionsExchanged(AveragedLstm right)
    {
        AveragedLstm wrong = right.Clone();
        foreach (Parameter parameter in right.Layers[0].Parameters)
        {
            const string Reverse = "_reverse";
            wrong.Layers[0][parameter.Name.EndsWith(Reverse, StringComparison.Ordinal) ? parameter.Name[..^Reverse.Length] : parameter.Name + Reverse].CopyFrom(Values(parameter));
        }

        return (right, wrong);
    }

    private static (IRnnModel<float> Right, IRnnModel<float> Wrong) Started(StartedLstm right)
    {
        StartedLstm wrong = right.Clone();
        wrong.Layers[0]["initial_h_l0"].CopyFrom([0.1f, 0.2f, 0.3f, -0.1f, -0.2f, -0.3f]);
        wrong.Layers[0]["initial_c_l0"].CopyFrom([0.3f, 0.1f, 0.2f, -0.5f, -0.2f, -0.3f]);
        return (right, wrong);
    }

    private static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        return values;
    }
}
