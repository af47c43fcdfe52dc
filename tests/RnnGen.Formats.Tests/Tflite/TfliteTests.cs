using RnnGen.Checkpoints;
using RnnGen.Fuzz;

namespace RnnGen.Formats.Tests;

/// <summary>TensorFlow Lite files.</summary>
public sealed class TfliteTests
{
    [Fact]
    public void A_published_network_gives_the_expected_digits()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", "tflite_mnist_lstm.tflite"));
        Assert.Equal("TensorFlow Lite file", file.Format);
        Assert.Equal(15, file.Tensors.Count);
        SafetensorsFile expected = SafetensorsFile.Read(SharedFiles.Find("original", "tflite_mnist_lstm.expected.safetensors"));
        double[] digits = new double[100];
        expected["prob.f64"].CopyTo(digits.AsSpan());
        for (int image = 0; image < 10; image++)
        {
            double[] h = new double[20];
            double[] c = new double[20];
            var window = new List<double>();
            for (int t = 0; t < 28; t++)
            {
                double[] x = SmallNetwork.Widen(expected["x"].Floats().Slice(((image * 28) + t) * 28, 28));
                double[] sums = [.. Enumerable.Range(0, 4).SelectMany(gate => SmallNetwork.Add(
                    SmallNetwork.Linear(Constant(11 - gate), Constant(7 - gate), x), SmallNetwork.Linear(Constant(3 - gate), null, h)))];
                SmallNetwork.Lstm(sums, h, c);
                window.AddRange(h);
            }

            double[] actual = SmallNetwork.Softmax(SmallNetwork.Linear(
                file.Find("model/sequential/output/MatMul")!, file.Find("model/sequential/output/BiasAdd/ReadVariableOp"), [.. window]));
            Assert.All(actual, (value, k) => Assert.Equal(digits[(10 * image) + k], value, 1e-5));
        }

        FileTensor Constant(int number) => file.Find(number == 0 ? "arith.constant" : FormattableString.Invariant($"arith.constant{number}"))!;
    }

    [Fact]
    public void Quantized_weights_are_near_those_of_the_float_file()
    {
        TensorFile floats = TensorFiles.Read(SharedFiles.Find("original", "tflite_mnist_lstm.tflite"));
        TensorFile quantized = TensorFiles.Read(SharedFiles.Find("original", "tflite_mnist_lstm_int8.tflite"));
        foreach ((string name, double scale) in new[] { ("arith.constant8", 0.011777607724070549), ("arith.constant11", 0.008986514993011951), ("model/sequential/output/MatMul", 0.008470362052321434), ("arith.constant", 0.008227217942476273) })
        {
            FileTensor tensor = quantized.Find(name)!;
            Assert.Equal("I8", tensor.ElementType);
            Assert.All(tensor.Values.ToArray(), (value, k) => Assert.Equal(floats.Find(name)!.Values.Span[k], value, scale * 0.51));
            Assert.All(tensor.Values.ToArray(), value => Assert.Equal((float)(scale * Math.Round(value / scale)), value));
        }

        Assert.Equal("I32", quantized.Find("arith.constant4")!.ElementType);
        Assert.All(quantized.Find("arith.constant4")!.Values.ToArray(), (value, k) => Assert.Equal(floats.Find("arith.constant4")!.Values.Span[k], value, 1e-4));
        Assert.Equal([-1, 560], quantized.Find("model/sequential/flatten/Const")!.Values.ToArray().Select(value => (int)value));

        TensorFile speech = TensorFiles.Read(SharedFiles.Find("original", "tflite_micro_speech_lstm.tflite"));
        Assert.Equal(15, speech.Tensors.Count);
        Assert.Equal([80, 257], speech.Find("std.constant8")!.Shape);
        Assert.Equal([3, 3920], speech.Find("sequential/output/MatMul")!.Shape);
    }

    [Fact]
    public void Whole_numbers_are_scaled_for_the_tensor_or_for_every_index()
    {
        Assert.Equal([0.5f, -63.5f], ReadOne(new("w", 9, [2], [2, 130], [0.5f], [1])));
        Assert.Equal([1f, -1], ReadOne(new("w", 3, [2], [129, 127], [1f], [128])));
        Assert.Equal([-2f], ReadOne(new("w", 7, [1], [0xFC, 0xFF], [0.5f], [0])));
        Assert.Equal([1f, 2, 30, 40], ReadOne(new("w", 9, [2, 2], [1, 2, 3, 4], [1, 10], [0, 0], 0)));
        Assert.Equal([1f, 10, 3, 30], ReadOne(new("w", 9, [2, 2], [1, 2, 3, 4], [1, 10], [0, 1], 1)));
        Assert.Equal([7f], ReadOne(new("w", 9, [1], [7], [], [])));
        Assert.Equal([(float)(16777217 * 3.0)], ReadOne(new("w", 2, [1], BitConverter.GetBytes(16777217), [3], [])));
        SameBits.Check([-0f], ReadOne(new("w", 0, [], BitConverter.GetBytes(-0f), [2], [0])));
    }

    [Fact]
    public void A_name_that_occurs_twice_gets_a_number()
    {
        FlatbufferWriter.Tensor tensor = new("", 9, [1], [1]);
        TensorFile file = TensorFiles.Read(FlatbufferWriter.File([tensor, tensor with { Data = [2] }, tensor with { Name = "#2" }, tensor]));
        Assert.Equal(["", "#2", "#2#2", "#3"], file.Tensors.Select(t => t.Name));
    }

    [Fact]
    public void Broken_files_are_refused()
    {
        FlatbufferWriter.Tensor sound = new("w", 0, [2], new byte[8]);
        Refuse([sound with { Shape = [3] }], "expected 12 bytes");
        Refuse([sound with { Shape = [-2] }], "shape");
        Refuse([sound with { Shape = [1 << 30, 1 << 30] }], "shape");
        Refuse([sound with { Shape = [.. Enumerable.Repeat(1, 65)] }], "dimensions");
        Refuse([sound with { Type = 17 }], "element type 17");
        Refuse([sound with { Type = 9, Shape = [8], Scales = [1, 2], ZeroPoints = [0, 0] }], "one scale");
        Refuse([sound with { Type = 9, Shape = [8], Scales = [1], ZeroPoints = [0, 0] }], "zero point");
        Refuse([sound with { Type = 9, Shape = [8], Scales = [float.NaN], ZeroPoints = [0] }], "scales");
        Refuse([sound with { Type = 9, Shape = [2, 4], Scales = [1, 2], ZeroPoints = [], Dimension = -1 }], "dimension -1");
        Assert.Contains("version", Assert.Throws<CheckpointException>(() => TensorFiles.Read(FlatbufferWriter.File([sound], version: 2))).Message, StringComparison.Ordinal);
        Assert.Empty(TensorFiles.Read(FlatbufferWriter.File([sound with { Type = 5 }, sound with { Data = [] }])).Tensors);
        byte[] file = FlatbufferWriter.File([sound]);
        for (int length = 8; length < file.Length; length++)
        {
            Assert.Throws<CheckpointException>(() => TensorFiles.Read(file.AsMemory(0, length)));
        }

        static void Refuse(FlatbufferWriter.Tensor[] tensors, string part) => Assert.Contains(
            part, Assert.Throws<CheckpointException>(() => TensorFiles.Read(FlatbufferWriter.File(tensors))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_tensors_with_the_same_data_are_refused()
    {
        FlatbufferWriter.Tensor big = new("w", 9, [1_000_000], new byte[1_000_000]);
        byte[] file = FlatbufferWriter.File([.. Enumerable.Repeat(big, 1000)], isShared: true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CheckpointException>(() => TensorFiles.Read(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    private static float[] ReadOne(FlatbufferWriter.Tensor tensor) => TensorFiles.Read(FlatbufferWriter.File([tensor])).Tensors.Single().Values.ToArray();
}
