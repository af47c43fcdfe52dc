using System.Buffers.Binary;
using System.Text;
using RnnGen.Checkpoints;

namespace RnnGen.Tests.Checkpoints;

public sealed class MalformedFileTests : IDisposable
{
    private const string Good = """{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Header, bytes of data, tensor that the exception names, where, and what it says.</summary>
    public static TheoryData<string, int, string?, int, string> Headers => new()
    {
        // JSON
        { "", 0, null, 8, "begins with '{'" },
        { "[]", 0, null, 8, "begins with '{'" },
        { " {}", 0, null, 8, "begins with '{'" },
        { "{", 0, null, 9, "valid JSON" },
        { "{}x", 0, null, 10, "valid JSON" },
        { "{} {}", 0, null, 11, "valid JSON" },
        { "{}\0", 0, null, 10, "valid JSON" },
        { """{"w":{"dtype":"F32",}}""", 8, "w", 28, "valid JSON" },
        { """{"w":""", 0, "w", 13, "valid JSON" },
        { """{"\ud800":{}}""", 0, null, 9, "surrogate" },

        // names
        { $$"""{"w":{{Good}},"w":{{Good}}}""", 8, "w", 62, "found 'w' again" },
        { $$"""{"w":{{Good}},"\u0077":{{Good}}}""", 8, "w", 62, "found 'w' again" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, null, 27, "found '__metadata__' again" },

        // metadata
        { """{"__metadata__":null}""", 0, null, 24, "object of strings" },
        { """{"__metadata__":[]}""", 0, null, 24, "object of strings" },
        { """{"__metadata__":{"a":1}}""", 0, null, 29, "string as metadata 'a'" },
        { """{"__metadata__":{"a":"1","a":"1"}}""", 0, null, 33, "found 'a' again" },

        // entries
        { """{"w":1}""", 0, "w", 13, "object with dtype" },
        { """{"w":{}}""", 0, "w", 14, "found no dtype" },
        { """{"w":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "w", 48, "found no shape" },
        { """{"w":{"dtype":"F32","shape":[2]}}""", 8, "w", 39, "found no data_offsets" },
        { """{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "w", 28, "another 'dtype'" },
        { """{"w":{"dtype":"F32","extra":1,"shape":[2],"data_offsets":[0,8]}}""", 8, "w", 28, "another 'extra'" },
        { """{"w":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}""", 8, "w", 22, "string as dtype" },
        { """{"w":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", 8, "w", 22, "found 'F33'" },
        { """{"w":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}""", 8, "w", 22, "found 'f32'" },
        { """{"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "w", 36, "array of numbers as shape" },
        { """{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "w", 37, "found -2" },
        { """{"w":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", 8, "w", 37, "found 2.0" },
        { """{"w":{"dtype":"F32","shape":[2e0],"data_offsets":[0,8]}}""", 8, "w", 37, "found 2e0" },
        { """{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "w", 37, "non-negative integers" },
        { """{"w":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}""", 8, "w", 37, "non-negative integers" },
        { """{"w":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", 8, "w", 37, "non-negative integers" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "w", 58, "two data_offsets, found 1" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", 8, "w", 62, "two data_offsets, found 3" },

        // places
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "w", 9, "found 8 and 0" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "w", 9, "within 7 bytes" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}""", 8, "w", 9, "within 8 bytes" },
        { """{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "w", 9, "expected 12 bytes for F32 [3], found 8" },
        { """{"w":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", 8, "w", 9, "expected 16 bytes for F64 [2], found 8" },
        { """{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "w", 9, "fits in a file" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, null, 70, "found 1 bytes that belong to no tensor" },
        { "{}", 4, null, 10, "found 4 bytes that belong to no tensor" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "w", 67, "found 4" },
        { $$$"""{"v":{{{Good}}},"w":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""", 16, "w", 129, "from byte 8 of the data, where the previous tensor ends, found 12" },
        { $$$"""{"v":{{{Good}}},"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "w", 120, "from byte 8 of the data, where the previous tensor ends, found 4" },
        { $$"""{"v":{{Good}},"w":{{Good}}}""", 8, "w", 115, "from byte 8 of the data, where the previous tensor ends, found 0" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_malformed_header_is_refused(string header, int dataLength, string? tensor, int offset, string says)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        var e = Refused([.. Length((ulong)text.Length), .. text, .. new byte[dataLength]]);

        Assert.Equal(CheckpointReason.Container, e.Reason);
        Assert.Equal(tensor, e.Tensor);
        Assert.Equal(offset, e.Offset);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Contains($"at byte {offset}", e.Message, StringComparison.Ordinal);
        Assert.Contains(tensor is null ? "" : $"tensor '{tensor}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_short_is_refused()
    {
        Assert.Contains("at least 8 bytes, found 0", Refused([]).Message, StringComparison.Ordinal);
        Assert.Contains("at least 8 bytes, found 7", Refused(new byte[7]).Message, StringComparison.Ordinal);
        Assert.Contains("header of 3 bytes, found 2", Refused([.. Length(3), .. "{}"u8]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000_001)]
    [InlineData(0x7FFF_FFFF)]
    [InlineData(0x1_0000_0002)]
    [InlineData(0x8000_0000_0000_0002)]
    [InlineData(ulong.MaxValue)]
    public void A_header_that_is_too_long_is_refused(ulong length) =>
        Assert.Contains($"expected a safetensors file, which has a header of at most 100000000 bytes, found {length}", Refused([.. Length(length), .. "{}"u8]).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        byte[] header = [.. "{\"a"u8, 0xFF, .. "\":{}}"u8];
        Assert.Contains("UTF-8", Refused([.. Length((ulong)header.Length), .. header]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        byte[] header = Encoding.UTF8.GetBytes("{\"w\":{\"shape\":" + new string('[', 100_000));
        Refused([.. Length((ulong)header.Length), .. header]);
    }

    /// <summary>In time that grows with its length: in square time, this would take hours.</summary>
    [Theory]
    [InlineData("shape")]
    [InlineData("data_offsets")]
    public void A_long_array_of_numbers_is_refused(string property)
    {
        string numbers = "0" + string.Concat(Enumerable.Repeat(",0", 2_000_000));
        string shape = property == "shape" ? numbers : "0";
        string offsets = property == "shape" ? "0,0" : numbers;
        byte[] header = Encoding.UTF8.GetBytes($$$"""{"w":{"dtype":"F32","shape":[{{{shape}}}],"data_offsets":[{{{offsets}}}]}}""");
        string path = _folder.File("long", [.. Length((ulong)header.Length), .. header]);
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(path).ToTensorFile());
    }

    [Fact]
    public void Padding_and_any_order_are_accepted()
    {
        string header = """{"w":{"data_offsets":[4,8],"shape":[1],"dtype":"F32"},"v":{"shape":[1],"dtype":"F32","data_offsets":[0,4]},"e":{"shape":[0],"dtype":"F32","data_offsets":[4,4]}}""" + " \n\t ";
        string path = _folder.File("good", [.. Length((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[8]]);
        Assert.Equal(3, SafetensorsFile.Read(path).Tensors.Count);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_refused()
    {
        Assert.IsType<FileNotFoundException>(Unreadable(_folder.File("absent")).InnerException);
        Assert.IsType<DirectoryNotFoundException>(Unreadable(_folder.File("absent/absent")).InnerException);
        Assert.NotNull(Unreadable(_folder.FullName).InnerException);
        Assert.NotNull(Unreadable("").InnerException);
        Assert.NotNull(Unreadable("a\0b").InnerException);
        Assert.Throws<ArgumentNullException>(() => SafetensorsFile.Read((string)null!));
    }

    [Fact]
    public void A_file_beyond_two_gigabytes_is_refused()
    {
        string path = _folder.File("large");
        using (var stream = new FileStream(path, FileMode.CreateNew))
        {
            // Sparse: it takes no room where the file system knows holes.
            Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there is a long file surely sparse.");
            stream.SetLength(1L << 31);
        }

        Assert.Contains("found 2147483648", Unreadable(path).Message, StringComparison.Ordinal);
    }

    private static byte[] Length(ulong length)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return bytes;
    }

    private static CheckpointException Unreadable(string path)
    {
        var e = Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(path));
        Assert.Equal(path, e.Path);
        Assert.Contains(path.Replace("\0", "\\u0000", StringComparison.Ordinal), e.Message, StringComparison.Ordinal);
        return e;
    }

    private CheckpointException Refused(byte[] content) => Unreadable(_folder.File("malformed", content));
}
