using System.Text.RegularExpressions;

namespace RnnGen.Samples.Tests;

/// <summary>Training in several processes, in one process; <c>.ci/together</c> has the others.</summary>
public sealed class TrainTogetherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("together-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("characters")]
    [InlineData("waves")]
    public void Stopped_and_resumed_it_has_the_same_weights(string model)
    {
        string whole = Run("--model", model, "--updates", "12", "--checkpoint", "whole");
        Assert.Contains("1 process with 2 workers, from the start\n", whole, StringComparison.Ordinal);

        Run("--model", model, "--updates", "5", "--checkpoint", "parts");
        string parts = Run("--model", model, "--updates", "12", "--checkpoint", "parts");
        Assert.Contains("going on after update 5\n", parts, StringComparison.Ordinal);
        Assert.Equal(Result(whole), Result(parts));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "whole")), File.ReadAllBytes(Path.Combine(_folder, "parts")));
    }

    [Fact]
    public void Without_a_text_it_learns_a_made_up_one()
    {
        string output = Run("--updates", "100", "--report-every", "50");

        Assert.Matches(@"\nupdate 100: loss [12]\.\d+\n\d+\.\d+ ms per update\n", output);
        Assert.True(File.Exists(Path.Combine(_folder, "together.safetensors")));
    }

    [Fact]
    public void What_cannot_be_done_is_said_in_one_line()
    {
        File.WriteAllText(Path.Combine(_folder, "short"), "abc");
        File.WriteAllText(Path.Combine(_folder, "damaged"), "damaged");

        Refused("absent", "--text", "absent");
        Refused("tokens", "--text", "short");
        Refused("damaged", "--checkpoint", "damaged");
        Refused("absent/file", "--checkpoint", "absent/file");
        Refused("at least 1", "--workers", "0");
    }

    [Fact]
    public void It_is_described_and_linked()
    {
        string folder = Path.Combine(Sample.Root(), "samples");

        Assert.Contains("mpirun -n 2 dotnet TrainTogether.dll", File.ReadAllText(Path.Combine(folder, "TrainTogether", "README.md")), StringComparison.Ordinal);
        Assert.Contains("[TrainTogether](TrainTogether)", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        Assert.Contains("(samples/TrainTogether)", File.ReadAllText(Path.Combine(Sample.Root(), "README.md")), StringComparison.Ordinal);
    }

    private static string Result(string output) => Regex.Match(output, @"(?m)^validation loss \d+\.\d{5}\nweights [0-9a-f]{64}$").Value is { Length: > 0 } result
        ? result
        : throw new InvalidDataException(output);

    private string Run(params string[] arguments)
    {
        (int code, string output, string errors) = Sample.Run("TrainTogether", _folder, arguments);
        Assert.Equal((0, ""), (code, errors.Trim()));
        return output;
    }

    private void Refused(string problem, params string[] arguments)
    {
        (int code, string output, string errors) = Sample.Run("TrainTogether", _folder, arguments);
        Assert.Equal(1, code);
        Assert.Contains(problem, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
    }
}
