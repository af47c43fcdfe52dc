using RnnGen.Checkpoints;

namespace RnnGen.Numerics.Tests.Narrow;

/// <summary>Files with the weights that steps read.</summary>
public sealed class NarrowFileTests
{
    public static TheoryData<string> Names => [.. Models.Keys];

    private static readonly SaveOptions Narrow = new() { Narrow = true };

    private static readonly Dictionary<string, (Func<IRnnModel<float>> Create, double Share)> Models = new()
    {
        // Shares of the size that the same weights have as floats.
        ["Halves"] = (() => new HalfGru(seed: 1), 0.56),
        ["Bytes"] = (() => new ByteGru(seed: 2), 0.35),
        ["Nibbles"] = (() => new NibbleGates(seed: 3), 0.19),
        ["ByteStack"] = (() => new ByteStack(seed: 4), 0.5),
        ["NibbleStack"] = (() => new NibbleStack(seed: 4), 0.45),
        ["MixedStack"] = (() => new MixedStack(seed: 5), 0.6),
        ["NibbleCell"] = (() => new NibbleCell(seed: 6), 1),
        ["ManyNibbleBlocks"] = (() => new ManyNibbleBlocks(seed: 7), 0.17),
    };

    /// <summary>The class that wrote a file steps as before, and has the rounded weights.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_are_the_same_after_a_file(string name)
    {
        IRnnModel<float> model = Models[name].Create();
        model.Metadata["answer"] = "42";
        float[] expected = Forward(model);
        float[] rounded = [.. model.Weights.Values];
        model.Weights.Round(rounded);

        byte[] file = Saved(model);
        IRnnModel<float> loaded = Models[name].Create();
        loaded.Weights.Initialize(seed: 100);
        loaded.LoadWeights(file);

        Assert.Equal(rounded, loaded.Weights.Values.ToArray());
        Assert.Equal(expected, Forward(loaded));
        Assert.Equal("42", Assert.Single(loaded.Metadata).Value);

        // The rounded weights have the same file.
        Assert.Equal(file, Saved(loaded));

        var floats = new MemoryStream();
        model.Weights.Save(floats);
        Assert.InRange(file.Length, 0, Models[name].Share * floats.Length + 2500);
    }

    [Fact]
    public void A_class_of_floats_reads_the_rounded_weights()
    {
        var model = new ByteGru(seed: 1);
        float[] packed = [.. ((IRnnModel)model).Weights.Values];
        ((IRnnModel)model).Weights.Round(packed);
        float[] rounded = model.Unpacked(packed);
        byte[] file = Saved(model);

        var loaded = FloatGru.Load(file);
        Assert.Equal(rounded, loaded.Unpacked(loaded.Parameters));

        // With options, and by the tensors of the file.
        var placed = FloatGru.Load(SafetensorsFile.Read(file).ToTensorFile());
        Assert.Equal(rounded, placed.Unpacked(placed.Parameters));
    }

    [Fact]
    public void Known_answers_travel_with_narrow_weights()
    {
        var model = new NibbleGru(seed: 1);
        float[] inputs = [.. Enumerable.Range(0, 17 * 5).Select(k => MathF.Sin(k))];
        var file = new MemoryStream();
        model.Save(file, new SaveOptions { Narrow = true, Answers = new(inputs) });

        var loaded = NibbleGru.Load(file.ToArray(), new LoadOptions { CheckAnswers = true });
        Assert.NotEqual(model.Parameters.ToArray(), loaded.Parameters.ToArray());
    }

    [Fact]
    public void A_model_without_narrow_weights_has_no_such_file()
    {
        var model = new FloatGru(seed: 1);
        var stream = new MemoryStream();
        ArgumentException e = Assert.Throws<ArgumentException>("options", () => model.Save(stream, Narrow));
        Assert.Contains("FloatGru reads floats", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    /// <summary>What belongs together is there as a whole.</summary>
    [Theory]
    [InlineData("scales:Gru.weight_hh_l0", CheckpointReason.SurplusTensor)]
    [InlineData("factors:Gru.weight_hh_l0", CheckpointReason.MissingTensor)]
    [InlineData("Gru.weight_hh_l0", CheckpointReason.SurplusTensor)]
    public void A_tensor_that_is_missing_is_an_error(string missing, CheckpointReason reason)
    {
        var model = new NibbleGru(seed: 1);
        float[] before = [.. model.Parameters];
        byte[] file = Rewritten(Saved(new NibbleGru(seed: 2)), tensors => tensors.RemoveAll(tensor => tensor.Name == missing));

        CheckpointException e = Assert.Throws<CheckpointException>(() => model.LoadWeights(file));
        Assert.Equal(reason, e.Reason);
        Assert.Equal(before, model.Parameters.ToArray());
    }

    /// <summary>Scales and factors have the shape of their matrix.</summary>
    [Theory]
    [InlineData("scales:Gru.weight_hh_l0")]
    [InlineData("factors:Gru.weight_hh_l0")]
    public void A_tensor_of_another_shape_is_an_error(string wrong)
    {
        var model = new NibbleGru(seed: 1);
        byte[] file = Rewritten(Saved(new NibbleGru(seed: 2)), tensors =>
        {
            int index = tensors.FindIndex(tensor => tensor.Name == wrong);
            TensorToWrite tensor = tensors[index];
            tensors[index] = new TensorToWrite(wrong, tensor.Dtype, [1, .. tensor.Shape], tensor.Bytes.ToArray());
        });

        CheckpointException e = Assert.Throws<CheckpointException>(() => model.LoadWeights(file));
        Assert.Equal(CheckpointReason.Shape, e.Reason);
        Assert.Contains(wrong, e.Message, StringComparison.Ordinal);
    }

    /// <summary>Weights that are not finite stay so, and are refused as in any file.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_not_finite_are_refused(float number)
    {
        var model = new NibbleGru(seed: 1);
        Parameter parameter = model.Layers[0]["weight_hh_l0"];
        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        values[70] = number;
        parameter.CopyFrom(values);
        byte[] file = Saved(model);

        Assert.Equal(CheckpointReason.NotFinite, Assert.Throws<CheckpointException>(() => new NibbleGru(seed: 1).LoadWeights(file)).Reason);
    }

    /// <summary>Training writes weights many times before a step reads them, which is when the copies are written.</summary>
    [Fact]
    public void Copies_are_written_when_a_step_reads_them()
    {
        var model = new ByteGru(seed: 1);
        CompilerServices.ModelWeights weights = ((IRnnModel)model).Weights;
        Assert.Equal(-1, weights.NarrowVersion);

        float[] before = Forward(model);
        long read = weights.NarrowVersion;
        Assert.Equal(weights.Version, read);

        using var trainer = new Trainer<float, float>(model, new Adam(0.01f));
        for (int update = 0; update < 3; update++)
        {
            trainer.Train(new float[17 * 20], new float[2 * 20]);
        }

        Assert.Equal(read, weights.NarrowVersion);
        Assert.NotEqual(before, Forward(model));
        Assert.Equal(weights.Version, weights.NarrowVersion);
    }

    /// <summary>Streams of several threads may be the first to read new weights.</summary>
    [Fact]
    public void Threads_that_read_new_weights_see_all_of_them()
    {
        var model = new ByteGru(seed: 1);
        float[] expected = Forward(new ByteGru(seed: 2));
        for (int turn = 0; turn < 20; turn++)
        {
            ((IRnnModel)model).Weights.Initialize(seed: 2);
            var found = new float[8][];
            Parallel.For(0, found.Length, k => found[k] = Forward(model));
            Assert.All(found, outputs => Assert.Equal(expected, outputs));
        }
    }

    private static byte[] Saved(IRnnModel model)
    {
        var file = new MemoryStream();
        model.Save(file, Narrow);
        return file.ToArray();
    }

    /// <summary>The same file with other tensors, and the checksums that belong to them.</summary>
    private static byte[] Rewritten(byte[] file, Action<List<TensorToWrite>> change)
    {
        Dictionary<string, string> metadata = [];
        List<TensorToWrite> tensors = [];
        using (var json = System.Text.Json.JsonDocument.Parse(file.AsMemory(8, (int)BitConverter.ToInt64(file))))
        {
            int data = 8 + (int)BitConverter.ToInt64(file);
            foreach (System.Text.Json.JsonProperty entry in json.RootElement.EnumerateObject())
            {
                if (entry.Name == "__metadata__")
                {
                    metadata = entry.Value.EnumerateObject().Where(text => !text.Name.StartsWith("rnngen.crc32c", StringComparison.Ordinal)).ToDictionary(text => text.Name, text => text.Value.GetString()!);
                    continue;
                }

                int[] range = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
                tensors.Add(new TensorToWrite(
                    entry.Name, entry.Value.GetProperty("dtype").GetString()!, [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())],
                    file[(data + range[0])..(data + range[1])]));
            }
        }

        change(tensors);
        var result = new MemoryStream();
        SafetensorsContent.Of("file", tensors, metadata).WriteTo(result);
        return result.ToArray();
    }

    private static float[] Forward(IRnnModel<float> model)
    {
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, model.SequenceLength * model.InputSize).Select(_ => random.NextSingle() * 2 - 1)];
        var outputs = new float[model.GetOutputLength(model.SequenceLength)];
        model.Forward(model.CreateState(), inputs, outputs);
        return outputs;
    }
}
