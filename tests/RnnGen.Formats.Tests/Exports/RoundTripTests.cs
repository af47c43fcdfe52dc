namespace RnnGen.Formats.Tests.Exports;

/// <summary>1,000 models with any bits in their weights, NaN with payloads and -0 included, come back bit by bit from every format that a model is written in.</summary>
public sealed class RoundTripTests
{
    private const int Count = 1000;

    private static readonly Func<int, IRnnModel>[] Models =
    [
        seed => new LstmBothWays(seed), seed => new LstmCoupled(seed), seed => new LstmPeepholes(seed), seed => new LstmLevels(seed), seed => new GruForms(seed),
        seed => new GruReverse(seed), seed => new TiedWords(seed), seed => new Merges(seed),
    ];

    /// <summary>What copies a model by a file.</summary>
    private static readonly Dictionary<string, Action<IRnnModel, IRnnModel>> Copies = new()
    {
        ["safetensors"] = (model, copy) => Load(copy, Written(model.Save), new LoadOptions()),
        ["PyTorch"] = (model, copy) =>
        {
            Dictionary<string, string> rename = model.Layers.ToDictionary(layer => layer.Name, layer => "net." + layer.Name.ToLowerInvariant());
            Load(copy, Written(stream => model.ExportPyTorch(stream, rename)), new LoadOptions { Rename = rename });
        },
        ["NumPy"] = (model, copy) => Load(copy, Written(model.ExportNumpy), new LoadOptions()),
        ["ONNX"] = (model, copy) => Import(copy, Written(stream => model.ExportOnnx(stream)), model),
    };

    public static TheoryData<string> Formats => [.. Copies.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Weights_come_back_bit_by_bit(string format)
    {
        var random = new Random(7);
        for (int trial = 0; trial < Count; trial++)
        {
            Func<int, IRnnModel> create = Models[trial % Models.Length];
            IRnnModel model = create(trial).WithBits(random);
            IRnnModel copy = create(Count);
            Copies[format](model, copy);
            SameBits.Check(model.Parameters, copy.Parameters);
        }
    }

    private static TensorFile Written(Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        return TensorFiles.Read(stream.ToArray());
    }

    private static void Load(IRnnModel copy, TensorFile file, LoadOptions options) => copy.LoadWeights(file, options with { AllowNonFinite = true });

    /// <summary>Takes the weights out of a graph: a graph has no names of ours, but those of its nodes.</summary>
    private static void Import(IRnnModel copy, TensorFile file, IRnnModel model)
    {
        foreach ((Layer from, Layer to) in model.Layers.Zip(copy.Layers))
        {
            if (from.Declaration is RecurrentAttribute recurrent)
            {
                ImportRecurrent(from, to, recurrent, file);
                continue;
            }

            foreach (Parameter parameter in to.Parameters)
            {
                FileTensor tensor = file.Find(parameter.FullName)!;
                Assert.Equal(parameter.Shape, tensor.Shape);
                parameter.CopyFrom(tensor.Values.Span);
            }
        }
    }

    private static void ImportRecurrent(Layer from, Layer to, RecurrentAttribute recurrent, TensorFile file)
    {
        WeightLayout layout = recurrent switch
        {
            LstmAttribute { InputForget: true } => WeightLayout.Onnx with { GateOrder = "i o - c", PeepholeOrder = "i o -" },
            GruAttribute gru => WeightLayout.Onnx with { ResetAfter = gru.LinearBeforeReset },
            _ => WeightLayout.Onnx,
        };
        Direction[] directions = recurrent.Direction == Direction.Bidirectional ? [Direction.Forward, Direction.Reverse] : [recurrent.Direction];
        for (int level = 0; level < recurrent.Layers; level++)
        {
            for (int k = 0; k < directions.Length; k++)
            {
                RecurrentWeights expected = from.Export(layout, level, directions[k]);
                var actual = new RecurrentWeights
                {
                    Layout = layout,
                    InputWeights = Part("W"),
                    StateWeights = Part("R"),
                    InputBias = Part("B"),
                    Peepholes = Part("P"),
                    InitialH = Part("initial_h") is [WeightTensor h] ? h : null,
                    InitialC = Part("initial_c") is [WeightTensor c] ? c : null,
                };
                SameBits.Check(expected.InputWeights[0].Values.Span, actual.InputWeights[0].Values.Span);
                SameBits.Check(expected.StateWeights[0].Values.Span, actual.StateWeights[0].Values.Span);
                to.Import(actual, level, directions[k]);

                WeightTensor[] Part(string name) => file.Find($"{from.Name}.{name}_l{level}") is FileTensor tensor ? [((WeightTensor)tensor)[k]] : [];
            }
        }
    }
}
