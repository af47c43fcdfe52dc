using System.Text;
using RnnGen.Checkpoints;

namespace RnnGen.Tests.Checkpoints;

public sealed class PlainHeaderTests
{
    private const long Start = 8;

    private const string Plain =
        """{"__metadata__":{"who":"wé","rnngen.model":"M"},"a":{"dtype":"F32","shape":[2,10],"data_offsets":[0,80]},"b":{"dtype":"U8","shape":[],"data_offsets":[80,81]}}   """;

    [Fact]
    public void The_form_in_which_files_are_written_is_plain()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("plain");
        SafetensorsContent.Of(path, [new TensorToWrite("a", [2, 1], new float[2])], new Dictionary<string, string> { ["who"] = "me" }).WriteTo(path);
        byte[] file = File.ReadAllBytes(path);
        ReadOnlySpan<byte> header = file.AsSpan((int)Start, (int)BitConverter.ToInt64(file));

        Assert.NotNull(PlainHeader.TryRead(header, Start, out _));
        Assert.NotNull(PlainHeader.TryRead(Encoding.UTF8.GetBytes(Plain), Start, out _));
    }

    /// <summary>One byte is replaced or left out, at every place: most of these headers are wrong, some have another form, few are plain.</summary>
    [Fact]
    public void What_it_reads_the_general_reader_reads_alike()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Plain);
        int read = 0;
        int left = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            foreach (byte value in "\"\\{}[]:,-+.eE019a \n\u0001"u8)
            {
                byte[] changed = [.. bytes[..at], value, .. bytes[(at + 1)..]];
                _ = AreAlike(changed) ? read++ : left++;
            }

            _ = AreAlike([.. bytes[..at], .. bytes[(at + 1)..]]) ? read++ : left++;
            _ = AreAlike([.. bytes[..at], 0xC3, .. bytes[(at + 1)..]]) ? read++ : left++;
        }

        Assert.True(read > 100 && left > 1000, $"{read} were read, {left} were left to the general reader.");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"__metadata__":{}}""")]
    [InlineData("""{"a":{"shape":[1],"dtype":"F32","data_offsets":[0,4]}}""")]
    [InlineData("""{ "a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a\u0062":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000000000000000],"data_offsets":[0,4]}}""")]
    public void Other_forms_are_left_to_the_general_reader(string header) => Assert.Null(PlainHeader.TryRead(Encoding.UTF8.GetBytes(header), Start, out _));

    private static bool AreAlike(byte[] header)
    {
        List<SafetensorsEntry>? entries = PlainHeader.TryRead(header, Start, out Dictionary<string, string> metadata);
        if (entries is null)
        {
            return false;
        }

        List<SafetensorsEntry> expected = SafetensorsHeader.Read("header", header, Start, out Dictionary<string, string> texts);
        Assert.Equal(Lines(expected), Lines(entries));
        Assert.Equal(texts, metadata);
        return true;
    }

    private static IEnumerable<string> Lines(List<SafetensorsEntry> entries) =>
        entries.Select(entry => $"{entry.Name} {entry.Dtype} [{string.Join(", ", entry.Shape)}] {entry.Begin} {entry.End} {entry.Offset}");
}
