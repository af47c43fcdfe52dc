using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using RnnGen.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

/// <summary>Texts of a file reach a message short, on one line, and without characters that steer. New lines are only those between problems.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => ["a\nb", "a\r\nINFO: all is well", "a\u001b[2Jb", "a\0b", "a\u202Eb", "a\u2028b", "a\u0085b", new string('n', 9000), new string('\u001b', 9000)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_are_shortened_and_escaped(string name)
    {
        string quoted = JsonSerializer.Serialize(name);
        string entry = """{"dtype":"F32","shape":[0],"data_offsets":[0,0]}""";
        string digits = new('1', 9000);
        foreach (string header in (string[])
        [
            $$"""{ {{quoted}}:1}""",
            $$"""{ {{quoted}}:{{entry}},{{quoted}}:{{entry}} }""",
            $$"""{ {{quoted}}:{"dtype":{{quoted}} } }""",
            $$"""{"w":{ {{quoted}}:1} }""",
            $$"""{"w":{"dtype":"F32","shape":[{{digits}}],"data_offsets":[0,8]} }""",
            $$"""{"w":{"dtype":"F32","shape":[{{string.Join(',', Enumerable.Repeat(2, 3000))}}],"data_offsets":[0,0]} }""",
            $$"""{"__metadata__":{ {{quoted}}:1} }""",
            $$"""{"__metadata__":{ {{quoted}}:"a",{{quoted}}:"b"} }""",
            $$"""{ {{quoted}}:{{entry}} }""",
        ])
        {
            byte[] text = Encoding.UTF8.GetBytes(header);
            byte[] length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
            string path = _folder.File("model", [.. length, .. text]);

            string message = Assert.Throws<CheckpointException>(() => Plain.Load(path)).Message;

            Assert.InRange(message.Length, 1, 1500 + path.Length);
            Assert.All(message.Split('\n')[1..], line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
            Assert.DoesNotContain(message, letter => (char.IsControl(letter) && letter != '\n') || letter is '\u202E' or '\u2028');
        }
    }

    [Fact]
    public void A_name_that_nobody_gives_is_refused_before_it_is_read()
    {
        byte[] text = Encoding.UTF8.GetBytes("{\"" + new string('n', 5_000_000) + "\":1}");
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        string path = _folder.File("model", [.. length, .. text]);

        CheckpointException e = Assert.Throws<CheckpointException>(() => Plain.Load(path));

        Assert.Equal(CheckpointReason.Container, e.Reason);
        Assert.Contains("found one of 5000000", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_shows_stays_as_it_is()
    {
        Assert.Equal("Größe 'x' \\ 漢 𝄞", Printable.Name("Größe 'x' \\ 漢 𝄞"));
        Assert.Equal("\\u001B\\uD834 \\uDD1E", Printable.Name("\u001b\ud834 \udd1e"));
        Assert.Equal(new string('n', 100), Printable.Name(new string('n', 100)));
        Assert.Equal(new string('n', 100) + "... (101 characters)", Printable.Name(new string('n', 101)));
    }

    [Fact]
    public void The_exception_has_the_name_as_it_is()
    {
        string path = _folder.File("model");
        TensorFile.Write(
            path,
            [.. new Plain(seed: 1).Value.Parameters.Select(p => new TensorToWrite($"Value.{p.Name}", p.Shape, TestNumbers.Values(p))), new TensorToWrite("a\nb", [1], [1f])],
            new Dictionary<string, string>());

        CheckpointException e = Assert.Throws<CheckpointException>(() => Plain.Load(path));

        Assert.Equal("a\nb", e.Tensor);
        Assert.Contains("tensor 'a\\u000Ab'", e.Message, StringComparison.Ordinal);
    }
}
