using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnGen.Samples.Tests;

/// <summary>The program for small devices, with the just-in-time compiler.</summary>
public sealed class TinyTests
{
    [Fact]
    public void It_finds_the_damage()
    {
        (int code, string output, string errors) = Sample.Run("Tiny", Path.GetTempPath());

        Assert.Equal((0, ""), (code, errors.Trim()));
        Match found = Regex.Match(output, @"\ndamaged at sample 3000, found after (\d+) samples\n");
        Assert.True(found.Success, output);
        Assert.InRange(int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture), 1, 60);

        // One alarm, and none before the damage.
        Assert.Single(Regex.Matches(output, "(?m)^sample "));
    }

    [Fact]
    public void It_reads_a_pipe()
    {
        using Sample sample = Sample.Start("Tiny", Path.GetTempPath(), "-");
        var sensor = new Sensor(seed: 3, damagedAt: 700);
        sample.Write(string.Concat(Enumerable.Range(0, 1000).Select(_ => sensor.Read().ToString(CultureInfo.InvariantCulture) + "\n")));

        Assert.Equal(0, sample.Wait());
        Assert.Matches(@"^sample 7\d\d: the error is 0\.\d+, usually 0\.011\n", sample.Output);
        Assert.Contains(", 1000 samples after ", sample.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_described_and_linked()
    {
        string folder = Path.Combine(Sample.Root(), "samples");

        Assert.Contains("dotnet publish samples/Tiny", File.ReadAllText(Path.Combine(folder, "Tiny", "README.md")), StringComparison.Ordinal);
        Assert.Contains("[Tiny](Tiny)", File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        Assert.Contains("(samples/Tiny)", File.ReadAllText(Path.Combine(Sample.Root(), "README.md")), StringComparison.Ordinal);
    }
}
