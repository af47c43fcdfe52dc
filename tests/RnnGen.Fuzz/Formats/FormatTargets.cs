using System.Globalization;
using System.IO.Compression;
using System.Text;
using RnnGen.Formats;
using RnnGen.Formats.Protobuf;

namespace RnnGen.Fuzz;

/// <summary>The formats of other programs, with small files of each.</summary>
internal static class FormatTargets
{
    private static readonly byte[] Numbers = NpyBuilder.Floats([.. Enumerable.Range(0, 64).Select(k => k / 7f)]);

    /// <summary>The formats by their names.</summary>
    public static IReadOnlyDictionary<string, Func<FormatTarget>> All { get; } = new Dictionary<string, Func<FormatTarget>>
    {
        ["safetensors"] = () => Tensors("safetensors", [Safetensors(), .. SoundFile.Published("original", "bigru.expected.safetensors")]),
        ["NumPy array"] = () => Tensors("NumPy array", NumpyArrays()),
        ["NumPy archive"] = () => Tensors("NumPy archive", [.. NumpyArchives(), .. SoundFile.Published("original", ".npz")]),
        ["PyTorch archive"] = () => Tensors("PyTorch archive", [new(Pickle().Archive(("data/0", Numbers))), .. SoundFile.Published("original", ".pt")]),
        ["PyTorch before 1.6"] = () => Tensors("PyTorch before 1.6", [LegacyTorch(), .. SoundFile.Published("original", ".pth")]),
        ["HDF5"] = () => Tensors("HDF5", [.. new[] { "layouts.h5", "layouts_latest.h5", "many.h5", "many_latest.h5", "cut_names.h5" }.Select(name => SoundFile.OfTests("hdf5", name))]),
        ["Keras HDF5"] = () => Keras("Keras HDF5", [SoundFile.OfTests("keras2_options.h5"), .. SoundFile.Published("original", ".h5", except: ".weights.h5")]),
        ["Keras weights"] = () => Keras("Keras weights", [Weights(), .. SoundFile.Published("original", ".weights.h5")]),
        ["Keras archive"] = () => Keras("Keras archive", [SoundFile.OfTests("keras3.keras"), .. SoundFile.Published("original", ".keras")]),
        ["TensorFlow Lite"] = () => Tensors("TensorFlow Lite", [Tflite(), .. SoundFile.Published("original", ".tflite")]),
        ["RNNoise"] = () => Tensors("RNNoise", [RnNoise()]),
        ["Neural Amp Modeler"] = () => Tensors("Neural Amp Modeler", [Nam(2, 1, 2, 36 + 44 + 3), Nam(1, 1, 3, 70)]),
        ["JSON"] = () => Tensors("JSON", [Json(), StateDictionary(), .. SoundFile.Published("original", ".json")]),
        ["TensorFlow graph"] = () => Tensors("TensorFlow graph", [TensorFlow()]),
        ["ONNX"] = () => Tensors("ONNX", SoundGraphs.All),
    };

    private static FormatTarget Tensors(string name, IReadOnlyList<SoundFile> files) => new(name, files, file => SizeOf(TensorFiles.Read(file)));

    /// <summary>Files of Keras, of which the layers are read, too.</summary>
    private static FormatTarget Keras(string name, IReadOnlyList<SoundFile> files) => new(name, files, file =>
    {
        TensorFile tensors = TensorFiles.Read(file);
        long size = SizeOf(tensors);
        KerasModel.Read(tensors);
        return size;
    });

    // The elements of a safetensors file are converted when they are first read.
    private static long SizeOf(TensorFile file) => file.Tensors.Sum(tensor => (long)sizeof(float) * tensor.Values.Length);

    private static SoundFile Safetensors()
    {
        byte[] header = "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[4,8],\"data_offsets\":[0,128]},\"b\":{\"dtype\":\"F16\",\"shape\":[64],\"data_offsets\":[128,256]}}"u8.ToArray();
        return new([.. BitConverter.GetBytes((long)header.Length), .. header, .. Numbers]);
    }

    private static SoundFile[] NumpyArrays() =>
    [
        new(NpyBuilder.Build(">f4", "(8, 4, 2)", Numbers, isFortranOrder: true)),
        new(NpyBuilder.Build("<f8", "(32,)", Numbers, version: 2)),
        new(NpyBuilder.Build("<U2", "(32,)", Numbers, version: 3)),
    ];

    private static SoundFile[] NumpyArchives()
    {
        (string, byte[])[] members = [.. NumpyArrays().Select((array, k) => ($"{k}.npy", array.Bytes))];
        return [new(ZipBuilder.Build(CompressionLevel.NoCompression, members)), new(ZipBuilder.Build(CompressionLevel.Optimal, members))];
    }

    private static PickleBuilder Pickle() => new PickleBuilder().Do("}(").Text("model").Do("}(").Text("w").Tensor("0", 64, [8, 8], [1, 8])
        .Text("list").Do("](").Tensor("0", 64, [32], [2], 1).Do("K\u0001M\u0001\u0002J\u0001\u0002\u0003\u0004e").Do("u").Text("epoch").Do("q\u0001h\u0001u");

    private static SoundFile LegacyTorch() => new(
    [
        0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.',
        .. new PickleBuilder().Number(1001).Build(),
        .. new PickleBuilder().Do("}").Build(),
        .. Pickle().Build(),
        .. new PickleBuilder().Do("]").Text("0").Do("a").Build(),
        .. BitConverter.GetBytes(64L),
        .. Numbers,
    ]);

    private static SoundFile Weights() => new(SoundFile.OfTests("keras3.keras").Members.Single(member => member.Name.EndsWith(".h5", StringComparison.Ordinal)).Content);

    private static SoundFile Tflite() => new(FlatbufferWriter.File([new("w", 9, [2, 2], [1, 2, 3, 4], [1, 10], [0, 1], 1), new("v", 0, [2], new byte[8])]));

    private static SoundFile RnNoise()
    {
        string gru = $"1 1 2\n{Row(3)}\n{Row(3)}\n{Row(3)}\n";
        return Text($"rnnoise-nu model file version 1\n2 1 0\n-1 256\n5\n{gru}{gru}{gru}1 1 1\n7\n8\n1 1 1\n7\n8\n");

        string Row(int count) => string.Join(' ', Enumerable.Range(10, count).Select(k => k.ToString(CultureInfo.InvariantCulture)));
    }

    private static SoundFile Nam(int layers, int inputs, int hidden, int weights) => Text(string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"version\": \"0.5.2\", \"metadata\": {{\"name\": \"my amp\", \"gain\": null}}, \"architecture\": \"LSTM\", \"config\": {{\"input_size\": {inputs}, \"hidden_size\": {hidden}, \"num_layers\": {layers}}}, \"weights\": [{string.Join(", ", Enumerable.Range(0, weights))}], \"sample_rate\": 48000}}"));

    private static SoundFile Json() => Text(
        "{\"in_shape\": [null, 1], \"layers\": [{\"type\": \"gru\", \"shape\": [null, 2], \"weights\": [[[1, 2], [3, 4]], [5e-1, -6]]}], \"\\u00e9\\ud83c\\udfb8\": \"\\u0041\"}");

    private static SoundFile StateDictionary() => Text("{\"model_data\": {\"skip\": 0, \"list\": [ \"a \\\" b\" , {} ]}, \"state_dict\": {\"rec.w\": [[1, -2.5], [3e0, 4]], \"rec.b\": [1]}}");

    private static SoundFile TensorFlow()
    {
        ProtobufWriter floats = new ProtobufWriter().Varint(1, 1).Message(2, Shape(2, 2)).Floats(5, 1, 2);
        ProtobufWriter integers = new ProtobufWriter().Varint(1, 3).Message(2, Shape(4)).Packed(7, 1, 2, 3);
        ProtobufWriter bytes = new ProtobufWriter().Varint(1, 1).Message(2, Shape(64)).Bytes(4, Numbers);
        return new(new ProtobufWriter().Message(1, Constant("c", floats)).Message(1, Constant("d", integers)).Message(1, Constant("e", bytes)).ToArray());

        static ProtobufWriter Shape(params long[] sizes) => sizes.Aggregate(new ProtobufWriter(), (shape, size) => shape.Message(2, new ProtobufWriter().Varint(1, size)));

        static ProtobufWriter Constant(string name, ProtobufWriter tensor) => new ProtobufWriter().Text(1, name).Text(2, "Const")
            .Message(5, new ProtobufWriter().Text(1, "dtype").Message(2, new ProtobufWriter().Varint(6, 1)))
            .Message(5, new ProtobufWriter().Text(1, "value").Message(2, new ProtobufWriter().Message(8, tensor)));
    }

    private static SoundFile Text(string text) => new(Encoding.UTF8.GetBytes(text));
}
