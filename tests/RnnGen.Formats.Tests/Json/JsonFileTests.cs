using System.Text;
using System.Text.Json;
using RnnGen.Checkpoints;

namespace RnnGen.Formats.Tests;

/// <summary>JSON of programs for audio.</summary>
public sealed class JsonFileTests
{
    [Fact]
    public void Every_published_file_is_read_number_for_number()
    {
        string folder = Path.GetDirectoryName(SharedFiles.Find("original", "rtneural_lstm.json"))!;
        string[] paths = Directory.GetFiles(folder, "*.json");
        Assert.True(paths.Length == 29);
        foreach (string path in paths)
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
            TensorFile file = TensorFiles.Read(path);
            Assert.Equal("JSON of RTNeural, AIDA-X or GuitarML", file.Format);
            Assert.All(file.Tensors, tensor => CheckValues(Find(json.RootElement, tensor.Name), tensor));
            Assert.All(file.Texts, text => CheckText(Find(json.RootElement, text.Key), text.Value));
            Assert.Equal(CountNumbers(json.RootElement), file.Tensors.Sum(tensor => tensor.Values.Length));
        }
    }

    [Theory]
    [InlineData("rtneural_lstm_torch")]
    [InlineData("rtneural_gru_torch")]
    public void State_dictionaries_have_the_bits_of_the_other_file(string name)
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", name + ".json"));
        SafetensorsFile other = SafetensorsFile.Read(SharedFiles.Find(name + ".safetensors"));
        Assert.Equal(18, file.Tensors.Count);
        Assert.All(file.Tensors, tensor => SameBits.Check(other[tensor.Name], tensor));
    }

    [Fact]
    public void Layers_have_the_bits_of_the_other_file()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", "rtneural_lstm_1d.json"));
        SafetensorsFile other = SafetensorsFile.Read(SharedFiles.Find("rtneural_keras_lstm_1d.safetensors"));

        Assert.Equal(["layers.0.weights.0", "layers.0.weights.1", "layers.0.weights.2", "layers.1.weights.0", "layers.1.weights.1"], file.Tensors.Select(tensor => tensor.Name));
        SameBits.Check(other["0.weight_ih_l0"].Floats(), file.Find("layers.0.weights.0")!.Values.Span);
        SameBits.Check(other["0.weight_hh_l0"].Floats(), Transposed(file.Find("layers.0.weights.1")!));
        SameBits.Check(other["0.bias_ih_l0"].Floats(), file.Find("layers.0.weights.2")!.Values.Span);
        SameBits.Check(other["1.weight"].Floats(), file.Find("layers.1.weights.0")!.Values.Span);
        SameBits.Check(other["1.bias"].Floats(), file.Find("layers.1.weights.1")!.Values.Span);
    }

    [Fact]
    public void Texts_say_what_an_importer_needs()
    {
        TensorFile conv = TensorFiles.Read(SharedFiles.Find("original", "rtneural_conv.json"));
        Assert.Equal("conv1d", conv.Texts["layers.5.type"]);
        Assert.Equal("tanh", conv.Texts["layers.5.activation"]);
        Assert.Equal("[null,100,6]", conv.Texts["layers.5.shape"]);
        Assert.Equal("[2]", conv.Texts["layers.5.dilation"]);
        Assert.Equal("2", conv.Texts["layers.5.groups"]);
        Assert.Equal("5.0", conv.Texts["layers.6.epsilon"]);
        Assert.Equal([3, 8, 4], conv.Find("layers.1.weights.0")!.Shape);
        Assert.Equal([1, 4], conv.Find("layers.3.weights.0")!.Shape);
        Assert.Equal([4], conv.Find("layers.2.weights.3")!.Shape);

        TensorFile aida = TensorFiles.Read(SharedFiles.Find("original", "own_aidax_lstm12.json"));
        Assert.Equal("1", aida.Texts["in_skip"]);
        Assert.Equal("48000", aida.Texts["metadata.samplerate"]);
        Assert.Equal([2048], aida.Find("input_batch")!.Shape);

        TensorFile guitar = TensorFiles.Read(SharedFiles.Find("original", "own_guitarml_lstm20.json"));
        Assert.Equal("LSTM", guitar.Texts["model_data.unit_type"]);
        Assert.Equal("1", guitar.Texts["model_data.skip"]);
        Assert.Equal([80, 2], guitar.Find("rec.weight_ih_l0")!.Shape);

        // The file contradicts itself, which is for those to say who build the network.
        TensorFile bad = TensorFiles.Read(SharedFiles.Find("original", "rtneural_bad_lstm.json"));
        Assert.Equal("[null,null,16]", bad.Texts["layers.0.shape"]);
        Assert.Equal([20, 80], bad.Find("layers.0.weights.1")!.Shape);
    }

    [Fact]
    public void The_self_test_of_a_file_holds()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", "own_aidax_lstm12.json"));
        ReadOnlySpan<float> expected = file.Find("output_batch")!.Values.Span;
        double[] h = new double[12];
        double[] c = new double[12];
        for (int t = 0; t < 2048; t++)
        {
            double x = file.Find("input_batch")!.Values.Span[t];
            double[] sums = SmallNetwork.Add(
                SmallNetwork.Dense(file.Find("layers.0.weights.0")!, file.Find("layers.0.weights.2"), [x]), SmallNetwork.Dense(file.Find("layers.0.weights.1")!, null, h));
            SmallNetwork.Lstm(sums, h, c);
            Assert.Equal(expected[t], x + SmallNetwork.Dense(file.Find("layers.1.weights.0")!, file.Find("layers.1.weights.1"), h)[0], 1e-5);
        }
    }

    [Fact]
    public void A_state_dictionary_inside_of_a_file_gives_the_expected_output()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", "own_guitarml_lstm20.json"));
        SafetensorsFile expected = SafetensorsFile.Read(SharedFiles.Find("original", "own_guitarml_lstm20.expected.safetensors"));
        double[] y = new double[2048];
        expected["y.f64"].CopyTo(y.AsSpan());
        double[] h = new double[20];
        double[] c = new double[20];
        for (int t = 0; t < y.Length; t++)
        {
            double[] x = SmallNetwork.Widen(expected["x"].Floats().Slice(2 * t, 2));
            SmallNetwork.Lstm(
                SmallNetwork.Add(
                    SmallNetwork.Linear(file.Find("rec.weight_ih_l0")!, file.Find("rec.bias_ih_l0"), x), SmallNetwork.Linear(file.Find("rec.weight_hh_l0")!, file.Find("rec.bias_hh_l0"), h)),
                h,
                c);
            Assert.Equal(y[t], x[0] + SmallNetwork.Linear(file.Find("lin.weight")!, file.Find("lin.bias"), h)[0], 1e-5);
        }
    }

    [Fact]
    public void Numbers_of_a_state_dictionary_are_scalars_and_elsewhere_texts()
    {
        TensorFile state = Read("\uFEFF {\"bn.eps\": 1e-05, \"w\": [[-0.0, 2], [3e0, -4]], \"none\": null, \"on\": true, \"empty\": []}");
        Assert.Empty(state.Find("bn.eps")!.Shape);
        SameBits.Check([-0f, 2, 3, -4], state.Find("w")!.Values.Span);
        Assert.Equal([0], state.Find("empty")!.Shape);
        Assert.Equal("true", state.Texts["on"]);

        TensorFile mixed = Read("{\"model_data\": {\"skip\": 0, \"list\": [ \"a \\\" b\" , {} ]}, \"state_dict\": {\"a\\u0007.b\": [1]}}");
        Assert.Equal("a\u0007.b", mixed.Tensors.Single().Name);
        Assert.Equal(("0", "[\"a \\\" b\",{}]"), (mixed.Texts["model_data.skip"], mixed.Texts["model_data.list"]));
    }

    [Theory]
    [InlineData("{\"w\": [1], \"w\": [2]}", "again")]
    [InlineData("{\"a\": {\"b\": [1]}, \"a.b\": [2]}", "again")]
    [InlineData("{\"w\": [[1, 2], [3]]}", "one with 1 elements after one with 2")]
    [InlineData("{\"w\": [[1, 2], 3]}", "numbers beside arrays")]
    [InlineData("{\"w\": [1, [2]]}", "numbers beside arrays")]
    [InlineData("{\"w\": [[], 1]}", "numbers beside arrays")]
    [InlineData("{\"w\": [1, null]}", "Null")]
    [InlineData("{\"w\": [NaN]}", "valid JSON")]
    [InlineData("{\"w\": [1e39]}", "range")]
    [InlineData("{\"w\": [-1e999]}", "range")]
    [InlineData("{\"w\": [1]", "valid JSON")]
    [InlineData("{\"w\": [1]} x", "valid JSON")]
    [InlineData("{\"name\": \"x\"}", "no arrays of numbers")]
    [InlineData("{\"layers\": [3], \"w\": [1]}", "layers.0")]
    [InlineData("{\"layers\": [{\"weights\": [[1, 2], \"x\"]}]}", "String")]
    [InlineData("{\"\\ud800\": [1]}", "surrogate")]
    public void Broken_files_are_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<CheckpointException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bombs_are_refused()
    {
        Refuse("{\"w\": " + new string('[', 100_000));
        Refuse(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)));
        Refuse("{" + string.Join(',', Enumerable.Range(0, 200_000).Select(k => $"\"{k}\":1")) + "}");
        Refuse("{\"w\":[1],\"" + new string('n', 20_000) + "\":1}");
        Refuse("{\"w\":[1],\"t\":\"" + new string('n', 8_000_000) + "\"}");
        Refuse("{\"w\":[1],\"" + new string('n', 9_000) + "\":{" + string.Join(',', Enumerable.Range(0, 100_000).Select(k => $"\"{k}\":null")) + "}}");

        static void Refuse(string text)
        {
            byte[] file = Encoding.UTF8.GetBytes(text);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<CheckpointException>(() => TensorFiles.Read(file));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
        }
    }

    [Fact]
    public void A_big_array_takes_no_more_memory_than_its_floats()
    {
        byte[] file = Encoding.UTF8.GetBytes("{\"w\":[" + string.Join(',', Enumerable.Repeat("1", 2_000_000)) + "]}");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(2_000_000, TensorFiles.Read(file).Tensors.Single().Values.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 8_000_000, 8_100_000);
    }

    private static TensorFile Read(string text) => TensorFiles.Read(Encoding.UTF8.GetBytes(text));

    private static JsonElement Find(JsonElement json, string name)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            int dot = name.IndexOf('.', StringComparison.Ordinal);
            int index = int.Parse(dot < 0 ? name : name[..dot], System.Globalization.CultureInfo.InvariantCulture);
            return dot < 0 ? json[index] : Find(json[index], name[(dot + 1)..]);
        }

        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Name == name)
            {
                return property.Value;
            }

            if (name.StartsWith(property.Name + ".", StringComparison.Ordinal))
            {
                return Find(property.Value, name[(property.Name.Length + 1)..]);
            }
        }

        return Find(json.GetProperty("state_dict"), name);
    }

    private static void CheckText(JsonElement json, string text)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            Assert.Equal(json.GetString(), text);
            return;
        }

        using JsonDocument parsed = JsonDocument.Parse(text);
        Assert.True(JsonElement.DeepEquals(json, parsed.RootElement), text);
        Assert.DoesNotContain('\n', text);
    }

    private static void CheckValues(JsonElement json, FileTensor tensor)
    {
        var values = new List<float>();
        var shape = new List<int>();
        for (JsonElement row = json; row.ValueKind == JsonValueKind.Array; row = row[0])
        {
            shape.Add(row.GetArrayLength());
        }

        Collect(json, values);
        Assert.Equal(shape, tensor.Shape);
        SameBits.Check([.. values], tensor.Values.Span);
    }

    private static void Collect(JsonElement json, List<float> values)
    {
        if (json.ValueKind == JsonValueKind.Number)
        {
            values.Add((float)json.GetDouble());
            return;
        }

        foreach (JsonElement element in json.EnumerateArray())
        {
            Collect(element, values);
        }
    }

    /// <summary>All numbers of weights: those in arrays that are not the shape of something, and scalars of a state dictionary.</summary>
    private static int CountNumbers(JsonElement json)
    {
        var values = new List<float>();
        bool isState = !json.TryGetProperty("layers", out JsonElement layers) && !json.TryGetProperty("state_dict", out _);
        if (!isState && layers.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement layer in layers.EnumerateArray())
            {
                Collect(layer.GetProperty("weights"), values);
            }
        }

        foreach (JsonProperty property in (json.TryGetProperty("state_dict", out JsonElement state) ? state : json).EnumerateObject())
        {
            if (property.Name is not ("layers" or "in_shape") && (property.Value.ValueKind == JsonValueKind.Array || (isState && property.Value.ValueKind == JsonValueKind.Number)))
            {
                Collect(property.Value, values);
            }
        }

        return values.Count;
    }

    private static float[] Transposed(FileTensor tensor)
    {
        int rows = tensor.Shape[0];
        int columns = tensor.Shape[1];
        return [.. Enumerable.Range(0, rows * columns).Select(k => tensor.Values.Span[(k % rows * columns) + (k / rows)])];
    }
}
