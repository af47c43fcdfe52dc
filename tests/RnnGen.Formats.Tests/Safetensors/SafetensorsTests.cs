using System.Text;
using static RnnGen.Formats.Tests.Assertions;

namespace RnnGen.Formats.Tests.Safetensors;

public class SafetensorsTests
{
    [Fact]
    public void TensorsAndMetadata()
    {
        TensorFile file = TensorFiles.Read(Build(
            "{\"__metadata__\":{\"format\":\"pt\"},\"half\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
            + "\"a\\u001b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[4,8]},\"b\":{\"dtype\":\"BF16\",\"shape\":[1,1],\"data_offsets\":[8,10]}}",
            "003C00C0" + "EFBEAD7F" + "803F"));
        Assert.Equal("safetensors file", file.Format);
        Assert.Equal("pt", file.Texts["format"]);
        Has(file.Find("half"), "F16", [2], 1, -2);
        Assert.Equal(0x7FADBEEFu, BitConverter.SingleToUInt32Bits(file.Find("a\u001b")!.Values.Span[0]));
        Has(file.Find("b"), "BF16", [1, 1], 1);
    }

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}", "0000000000000000", "C64")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[0,9999999999],\"data_offsets\":[0,0]}}", "", "2^31")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", "00000000", "expected 8 bytes")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "00000000", "again")]
    public void WrongFilesAreRefused(string header, string data, string problem) => Refused(Build(header, data), problem, "tensor 'a'");

    [Fact]
    public void TruncatedFilesAreRefused()
    {
        byte[] file = Build("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "00000000");
        for (int length = 0; length < file.Length; length++)
        {
            Refused(file[..length]);
        }
    }

    [Fact]
    public void StreamsAndFilesAreReadAlike()
    {
        byte[] bytes = Build("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", "0000803F");
        Has(TensorFiles.Read(new MemoryStream(bytes)).Find("a"), "F32", [1], 1);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, bytes);
        try
        {
            TensorFile file = TensorFiles.Read(path);
            Assert.Equal(path, file.Path);
            Has(file.Find("a"), "F32", [1], 1);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Build(string header, string data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((long)text.Length), .. text, .. Convert.FromHexString(data)];
    }
}
