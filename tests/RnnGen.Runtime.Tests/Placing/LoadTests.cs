using System.Globalization;
using System.IO.Compression;
using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Placing;

/// <summary>Every way in, and what is said of it.</summary>
public sealed class LoadTests : IDisposable
{
    private static readonly LoadOptions Renamed = new() { Rename = { ["Memory"] = "rnn" } };

    private readonly TemporaryFolder _folder = new();
    private readonly Sensor _saved = new(seed: 1);
    private readonly byte[] _file;

    public LoadTests()
    {
        var stream = new MemoryStream();
        _saved.ExportPyTorch(stream, Renamed.Rename);
        _file = stream.ToArray();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Classes_load_from_files_streams_bytes_and_tensors()
    {
        string path = _folder.File("model", _file);
        using GZipStream unzip = Zipped();
        TensorFile tensors = Foreign.Named(_saved, name => name.Replace("Memory", "rnn", StringComparison.Ordinal));

        foreach (Sensor loaded in (Sensor[])[
            Sensor.Load(path, Renamed), Sensor.Load(unzip, Renamed), Sensor.Load(_file, Renamed), Sensor.Load(tensors, Renamed), Sensor.Load(Foreign.File(_saved)),
            ModelFiles.Load<Sensor>(path, Renamed)])
        {
            Same.Bits(_saved.Parameters, loaded.Parameters, "weights");
        }

        using GZipStream again = Zipped();
        foreach (LoadResult result in (LoadResult[])[
            Result(Sensor.Load(path, Renamed, out LoadResult a), a), Result(Sensor.Load(again, Renamed, out LoadResult b), b),
            Result(Sensor.Load(_file, Renamed, out LoadResult c), c), Result(Sensor.Load(tensors, Renamed, out LoadResult d), d)])
        {
            Assert.Equal("rnn.weight_ih_l0", result.Tensors[0].FileName);
        }

        LoadResult Result(Sensor loaded, LoadResult result)
        {
            Same.Bits(_saved.Parameters, loaded.Parameters, "weights");
            return result;
        }
    }

    [Fact]
    public void Models_load_from_files_streams_bytes_and_tensors()
    {
        string path = _folder.File("model", _file);
        using GZipStream unzip = Zipped();
        foreach (Func<IRnnModel, LoadResult> load in (Func<IRnnModel, LoadResult>[])[
            model => model.LoadWeights(path, Renamed), model => model.LoadWeights(unzip, Renamed), model => model.LoadWeights(_file, Renamed),
            model => model.LoadWeights(Foreign.File(_saved))])
        {
            var model = new Sensor(seed: 2);
            Assert.Equal(6, load(model).Tensors.Count);
            Same.Bits(_saved.Parameters, model.Parameters, "weights");
        }
    }

    [Fact]
    public void Nulls_and_absent_files_are_refused()
    {
        var model = new Sensor(seed: 1);
        Assert.Throws<ArgumentNullException>("options", () => model.LoadWeights("x", null!));
        Assert.Throws<ArgumentNullException>("path", () => model.LoadWeights((string)null!, Renamed));
        Assert.Throws<ArgumentNullException>("stream", () => model.LoadWeights((Stream)null!, Renamed));
        Assert.Throws<ArgumentNullException>("file", () => model.LoadWeights((TensorFile)null!));
        Assert.Throws<ArgumentNullException>("model", () => ((Sensor)null!).LoadWeights(_file, Renamed));
        Assert.Equal(CheckpointReason.File, Assert.Throws<CheckpointException>(() => Sensor.Load(_folder.File("absent"), Renamed)).Reason);
        Assert.Equal(CheckpointReason.Container, Assert.Throws<CheckpointException>(() => Sensor.Load(_file.AsSpan(0, 50), Renamed)).Reason);
    }

    [Fact]
    public void Metadata_are_those_of_a_safetensors_file_and_stay_for_others()
    {
        _saved.Metadata["alphabet"] = "abc";
        var stream = new MemoryStream();
        _saved.Save(stream);
        var model = new Sensor(seed: 2) { Metadata = { ["old"] = "1" } };

        model.LoadWeights(Foreign.File(_saved));
        Assert.Equal("1", model.Metadata["old"]);
        model.LoadWeights(new TensorFile("Keras file", "x", Foreign.Tensors(_saved), new Dictionary<string, string> { ["config"] = "{}" }));
        Assert.Equal(["old"], model.Metadata.Keys);

        model.LoadWeights(stream.ToArray(), new LoadOptions());
        Assert.Equal(["alphabet"], model.Metadata.Keys);
    }

    [Fact]
    public void A_trainers_file_is_one_of_its_model()
    {
        Sensor.Trainer trainer = _saved.CreateTrainer(new Adam());
        trainer.Train(new float[6], new float[4]);
        var stream = new MemoryStream();
        trainer.Save(stream);

        Sensor loaded = Sensor.Load(stream.ToArray(), new LoadOptions(), out LoadResult result);

        Same.Bits(_saved.Parameters, loaded.Parameters, "weights");
        Assert.Empty(result.Ignored);
    }

    [Fact]
    public void The_result_is_a_table_the_same_in_every_culture()
    {
        TensorFile file = Foreign.File(
        [
            .. Foreign.Tensors(_saved).Where(tensor => tensor.Name != "Memory.bias_hh_l0").Select(tensor => tensor.Name switch
            {
                "Memory.weight_ih_l0" => new FileTensor("rnn.weight_ih_l0", "F64", tensor.Shape, tensor.Values),
                "Answer.weight" => tensor.Shaped(2, 4, 1),
                _ => tensor.Named(tensor.Name.Replace("Memory", "rnn", StringComparison.Ordinal)),
            }),
            new FileTensor("a\nb", "I64", [], new float[1]),
        ]);
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Sensor.Load(file, Renamed with { Ignore = "*" }, out LoadResult result);
            Assert.Equal(
                """
                tensor               in the file       shape      type  conversion
                Memory.weight_ih_l0  rnn.weight_ih_l0  [16, 3]    F64   renamed, rounded from F64
                Memory.bias_ih_l0    rnn.bias_ih_l0    [16]       F32   renamed
                Memory.weight_hh_l0  rnn.weight_hh_l0  [16, 4]    F32   renamed
                Memory.bias_hh_l0    -                 -          -     zero: the file has one bias
                Answer.weight        Answer.weight     [2, 4, 1]  F32   dimensions of 1 dropped for [2, 4]
                Answer.bias          Answer.bias       [2]        F32   as is
                ignored: a\u000Ab
                """,
                result.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Weights_reach_a_tape_and_tied_heads()
    {
        var saved = new TiedWords(seed: 1);
        var model = new TiedWords(seed: 2);
        model.LoadWeights(Foreign.File(saved));
        var expected = new float[7];
        var found = new float[7];
        saved.Step(saved.CreateState(), 3, expected);
        model.Step(model.CreateState(), 3, found);

        Same.Bits(expected, found, "outputs");
        Same.Bits(saved.Parameters, model.Parameters, "weights");
    }

    private GZipStream Zipped()
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            zip.Write(_file);
        }

        packed.Position = 0;
        return new GZipStream(packed, CompressionMode.Decompress);
    }
}
