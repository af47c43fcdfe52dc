namespace RnnGen.Formats.Tests.Exports;

/// <summary>The tensors of an exported graph are those of the layers, bit by bit.</summary>
public sealed class OnnxRoundTripTests
{
    [Fact]
    public void The_tensors_of_1000_models_are_bit_exact()
    {
        var random = new Random(7);
        for (int trial = 0; trial < 250; trial++)
        {
            Check(new LstmBothWays(trial), new LstmBothWays(0), WeightLayout.Onnx, random);
            Check(new LstmCoupled(trial), new LstmCoupled(0), WeightLayout.Onnx with { GateOrder = "i o - c", PeepholeOrder = "i o -" }, random);
            Check(new TiedWords(trial), new TiedWords(0), WeightLayout.Onnx, random);
            Check(new Merges(trial), new Merges(0), WeightLayout.Onnx with { ResetAfter = true }, random);
        }
    }

    private static void Check<TModel>(TModel model, TModel copy, WeightLayout layout, Random random)
        where TModel : class, IRnnModel
    {
        model.WithBits(random);
        TensorFile file = TensorFiles.Read(OnnxExportTests.FileOf(model));
        foreach ((Layer from, Layer to) in model.Layers.Zip(copy.Layers))
        {
            if (from.Declaration is RecurrentAttribute recurrent)
            {
                CheckRecurrent(from, to, recurrent, file, layout);
                continue;
            }

            foreach (Parameter parameter in to.Parameters)
            {
                FileTensor tensor = file.Find(parameter.FullName)!;
                Assert.Equal(parameter.Shape, tensor.Shape);
                parameter.CopyFrom(tensor.Values.Span);
            }
        }

        SameBits.Check(model.Parameters, copy.Parameters);
    }

    private static void CheckRecurrent(Layer from, Layer to, RecurrentAttribute recurrent, TensorFile file, WeightLayout layout)
    {
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
