namespace RnnGen.Tests.Interop;

/// <summary>Every element of the arrays of another library gets to its place: a value is the number of its gate, unit and source.</summary>
public class ImportTests
{
    private const int Inputs = 3;
    private const int Units = 5;
    private const int State = 100;
    private const int Bias = 200;

    [Theory]
    [InlineData("i f g o", "ifgo")]
    [InlineData("i f c o", "ifgo")]
    [InlineData("iofc", "iofg")]
    [InlineData("r u | h, i j f o", "igfo")]
    public void Gates_of_an_lstm_are_found_by_their_letters(string order, string places)
    {
        Layer layer = new ImportedLstm(seed: 1).Layers[0];

        layer.Import(new RecurrentWeights { GateOrder = order, InputWeights = [Rows(places, Inputs, 0)], StateWeights = [Rows(places, Units, State)] });

        Check(layer, "ifgo", hasBias: false);
    }

    [Fact]
    public void Keras_has_gates_in_columns_and_one_bias()
    {
        Layer layer = new ImportedLstm(seed: 1).Layers[0];

        layer.Import(new RecurrentWeights
        {
            Layout = WeightLayout.Keras,
            InputWeights = [Columns("ifgo", Inputs, 0)],
            StateWeights = [Columns("ifgo", Units, State)],
            InputBias = [Rows("ifgo", 1, Bias)],
        });

        Check(layer, "ifgo");
    }

    [Fact]
    public void Keras_stacks_both_biases_of_a_gru_that_resets_after_the_product()
    {
        Layer layer = new ImportedGru(seed: 1).Layers[0];
        float[] input = [.. Rows("zrn", 1, Bias).Values.Span];
        float[] state = [.. input.Select(value => -value)];

        layer.Import(new RecurrentWeights
        {
            Layout = WeightLayout.Keras,
            InputWeights = [Columns("zrn", Inputs, 0)],
            StateWeights = [Columns("zrn", Units, State)],
            InputBias = [new WeightTensor((float[])[.. input, .. state], 2, 3 * Units)],
        });

        Check(layer, "rzn");
        Assert.Equal(Values(layer, "bias_ih_l0").Select(value => -value), Values(layer, "bias_hh_l0"));
    }

    [Fact]
    public void A_tensorflow_gru_has_one_matrix_for_two_gates_and_one_for_the_candidate()
    {
        Layer layer = new ImportedResetBefore(seed: 1).Layers[0];

        layer.Import(new RecurrentWeights
        {
            Layout = WeightLayout.TensorFlow1,
            InputWeights = [Joined("rz"), Joined("n")],
            InputBias = [Rows("rz", 1, Bias), Rows("n", 1, Bias)],
        });

        Check(layer, "rzn");
    }

    [Fact]
    public void A_packed_buffer_has_all_matrices_before_all_biases()
    {
        var model = new ImportedStack(seed: 1);
        Layer layer = model.Layers[0];
        string[] parts = ["l0", "l0_reverse", "l1", "l1_reverse"];
        float[] expected =
        [
            .. parts.SelectMany(part => Values(layer, "weight_ih_" + part).Concat(Values(layer, "weight_hh_" + part))),
            .. parts.SelectMany(part => Values(layer, "bias_ih_" + part).Concat(Values(layer, "bias_hh_" + part))),
        ];

        RecurrentWeights packed = layer.Export(WeightLayout.CuDnn);
        var other = new ImportedStack(seed: 2);
        other.Layers[0].Import(packed);

        Assert.Equal(expected, packed.Buffer!.Values.ToArray());
        Assert.True(model.Parameters.SequenceEqual(other.Parameters));
    }

    /// <summary>[gates x units, sources].</summary>
    private static WeightTensor Rows(string gates, int sources, int kind) =>
        new((float[])[.. from gate in gates from unit in Enumerable.Range(0, Units) from source in Enumerable.Range(0, sources) select Value(gate, unit, source, kind)], gates.Length * Units, sources);

    /// <summary>[sources, gates x units].</summary>
    private static WeightTensor Columns(string gates, int sources, int kind) =>
        new((float[])[.. from source in Enumerable.Range(0, sources) from gate in gates from unit in Enumerable.Range(0, Units) select Value(gate, unit, source, kind)], sources, gates.Length * Units);

    /// <summary>[inputs + units, gates x units].</summary>
    private static WeightTensor Joined(string gates) =>
        new((float[])[.. Columns(gates, Inputs, 0).Values.Span, .. Columns(gates, Units, State).Values.Span], Inputs + Units, gates.Length * Units);

    private static float Value(char gate, int unit, int source, int kind) => (gate * 1000) + kind + (unit * 10) + source;

    private static void Check(Layer layer, string gates, bool hasBias = true)
    {
        Assert.Equal(Rows(gates, Inputs, 0).Values.ToArray(), Values(layer, "weight_ih_l0"));
        Assert.Equal(Rows(gates, Units, State).Values.ToArray(), Values(layer, "weight_hh_l0"));
        Assert.Equal(hasBias ? Rows(gates, 1, Bias).Values.ToArray() : new float[gates.Length * Units], Values(layer, "bias_ih_l0"));
    }

    private static float[] Values(Layer layer, string name)
    {
        var values = new float[layer[name].Count];
        layer[name].CopyTo(values);
        return values;
    }
}
