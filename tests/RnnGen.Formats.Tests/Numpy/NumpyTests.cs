using System.Globalization;
using System.IO.Compression;
using System.Text;
using RnnGen.Fuzz;
using static RnnGen.Formats.Tests.Assertions;
using static RnnGen.Fuzz.NpyBuilder;

namespace RnnGen.Formats.Tests.Numpy;

public class NumpyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryVersionOfTheHeader(int version)
    {
        TensorFile file = TensorFiles.Read(Build("<f4", "(2, 3)", Floats(1, 2, 3, 4, 5, 6), version: version));
        Assert.Equal("NumPy array", file.Format);
        Has(Assert.Single(file.Tensors), "F32", [2, 3], 1, 2, 3, 4, 5, 6);
        Assert.Equal("arr_0", file.Tensors[0].Name);
    }

    [Theory]
    [InlineData("|b1", "BOOL", "00 01", 0, 1)]
    [InlineData("|i1", "I8", "FF 7F", -1, 127)]
    [InlineData("|u1", "U8", "FF 7F", 255, 127)]
    [InlineData("<i2", "I16", "FEFF 0100", -2, 1)]
    [InlineData(">u2", "U16", "FFFE 0001", 65534, 1)]
    [InlineData(">i4", "I32", "FFFFFFFE 00000001", -2, 1)]
    [InlineData("<u4", "U32", "00000080 01000000", 2147483648f, 1)]
    [InlineData("<i8", "I64", "FEFFFFFFFFFFFFFF 0100000000000000", -2, 1)]
    [InlineData(">u8", "U64", "8000000000000000 0000000000000001", 9223372036854775808f, 1)]
    [InlineData("<f2", "F16", "003C 00C0", 1, -2)]
    [InlineData(">f4", "F32", "3F800000 C0000000", 1, -2)]
    [InlineData(">f8", "F64", "3FF0000000000000 C000000000000000", 1, -2)]
    [InlineData("=f4", "F32", "0000803F 000000C0", 1, -2)]
    public void EveryElementType(string type, string elementType, string bytes, float first, float second) =>
        Has(TensorFiles.Read(Build(type, "(2,)", Convert.FromHexString(bytes.Replace(" ", "")))).Tensors[0], elementType, [2], first, second);

    [Fact]
    public void FloatsKeepTheirBits()
    {
        byte[] little = Convert.FromHexString("010080FF" + "00000080" + "EFBEAD7F" + "01000000");
        byte[] big = [.. little.Chunk(4).SelectMany(element => element.Reverse())];
        uint[] expected = [0xFF800001, 0x80000000, 0x7FADBEEF, 1];
        foreach (FileTensor tensor in new[] { TensorFiles.Read(Build("<f4", "(4,)", little)), TensorFiles.Read(Build(">f4", "(4,)", big)) }.Select(file => file.Tensors[0]))
        {
            Assert.Equal(expected, tensor.Values.ToArray().Select(BitConverter.SingleToUInt32Bits));
        }
    }

    [Fact]
    public void FortranOrder()
    {
        // Element (i, j, k) is 100 i + 10 j + k; the first index is the fastest.
        float[] data = [.. from k in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 3) from i in Enumerable.Range(0, 2) select (100f * i) + (10 * j) + k];
        float[] expected = [.. from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) from k in Enumerable.Range(0, 4) select (100f * i) + (10 * j) + k];
        Has(TensorFiles.Read(Build("<f4", "(2, 3, 4)", Floats(data), isFortranOrder: true)).Tensors[0], "F32", [2, 3, 4], expected);
    }

    [Fact]
    public void FortranOrderLongerThanABuffer()
    {
        const int Rows = 301, Columns = 211;
        double[] data = [.. Enumerable.Range(0, Rows * Columns).Select(k => (double)(((k % Rows) * Columns) + (k / Rows)))];
        FileTensor tensor = TensorFiles.Read(
            Build("<f8", $"({Rows}, {Columns})", [.. data.SelectMany(BitConverter.GetBytes)], isFortranOrder: true)).Tensors[0];
        Assert.Equal(Enumerable.Range(0, Rows * Columns).Select(k => (float)k), tensor.Values.ToArray());
    }

    [Fact]
    public void ScalarsAndEmptyArrays()
    {
        Has(TensorFiles.Read(Build("<f4", "()", Floats(7))).Tensors[0], "F32", [], 7);
        Has(TensorFiles.Read(Build("<f4", "(3, 0)", [], isFortranOrder: true)).Tensors[0], "F32", [3, 0]);
    }

    [Fact]
    public void HeadersOfOtherPrograms()
    {
        Has(TensorFiles.Read(Build("{\"shape\":(2L,1L),\"fortran_order\":False,\"descr\":\"<f4\"}", Floats(1, 2))).Tensors[0], "F32", [2, 1], 1, 2);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            Has(TensorFiles.Read(Build("<f4", "(2,)", Floats(1, 2))).Tensors[0], "F32", [2], 1, 2);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "Python objects")]
    [InlineData("{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (1,), }", "record")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "<c8")]
    [InlineData("{'descr': '|V2', 'fortran_order': False, 'shape': (4,), }", "|V2")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "expected 12 bytes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "several arrays")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999, 99999), }", "2^31")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 99999999999), }", "2^31")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "header")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "header")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "header")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "header")]
    [InlineData("__import__('os').system('true')", "header")]
    [InlineData("{'descr': '<U1', 'fortran_order': False, 'shape': (5,), }", "expected 20 bytes")]
    [InlineData("", "header")]
    public void WrongHeadersAreRefused(string header, string problem) => Refused(Build(header, Floats(1, 2)), problem);

    [Fact]
    public void BrokenFilesAreRefused()
    {
        byte[] file = Build("<f4", "(2,)", Floats(1, 2));
        for (int length = 6; length < file.Length; length++)
        {
            Refused(file[..length]);
        }

        Refused([0x93, .. "NUMPY"u8, 4, 0, 1, 0, 0, 0], "version 1, 2 or 3");
        Refused([0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1], "header of at most");
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Archives(CompressionLevel level)
    {
        byte[] words = [.. Encoding.UTF32.GetBytes("yes"), .. Encoding.UTF32.GetBytes("no\0")];
        TensorFile file = TensorFiles.Read(ZipBuilder.Build(
            level,
            ("a.b.npy", Build("<f4", "(2,)", Floats(1, 2))),
            ("../../etc/c\u001b.npy", Build("<f4", "()", Floats(3))),
            ("words.npy", Build("<U3", "(2,)", words)),
            ("letters.npy", Build("|S2", "(2,)", [(byte)'a', 0, (byte)'b', (byte)'c'])),
            ("notes.txt", "not an array"u8.ToArray())));
        Assert.Equal("NumPy archive", file.Format);
        Assert.Equal(["a.b", "../../etc/c\u001b"], file.Tensors.Select(tensor => tensor.Name));
        Has(file.Find("a.b"), "F32", [2], 1, 2);
        Has(file.Find("../../etc/c\u001b"), "F32", [], 3);
        Assert.Equal("yes\nno", file.Texts["words"]);
        Assert.Equal("a\nbc", file.Texts["letters"]);
    }

    [Fact]
    public void AnEmptyArchive() => Assert.Empty(TensorFiles.Read(ZipBuilder.Build()).Tensors);

    [Fact]
    public void MessagesNameTheTensorAndThePlace()
    {
        byte[] file = ZipBuilder.Build(("good.npy", Build("<f4", "()", Floats(3))), ("b\u001bad.npy", Build("|O", "()", [0x80])));
        CheckpointException e = Refused(file, "tensor 'b\\u001Bad'", "pickle", "at byte");
        Assert.Equal("b\u001bad", e.Tensor);
        Assert.Equal(CheckpointReason.Type, e.Reason);
        Assert.Equal(0x93, file[(int)e.Offset!]);
    }

    [Fact]
    public void TwoTensorsOfOneNameAreRefused()
    {
        byte[] array = Build("<f4", "()", Floats(3));
        Refused(ZipBuilder.Build(("a.npy", array), ("a.npy", array)), "every name once", "a.npy");
    }
}
