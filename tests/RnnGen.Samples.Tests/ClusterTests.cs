using System.Text.RegularExpressions;

namespace RnnGen.Samples.Tests;

/// <summary>The cluster in one process, with everything in memory; .ci/cluster has several, and Redis.</summary>
public sealed class ClusterTests
{
    [Fact]
    public void Its_answers_are_those_of_a_model_alone()
    {
        (int code, string output, string errors) = Sample.Run("Cluster", Path.GetTempPath(), "--quick");

        Assert.Equal((0, ""), (code, errors.Trim()));
        Assert.EndsWith("0 wrong answers", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(4, Regex.Matches(output, @"(?m)^\| \w+ \| [\d,]+ \| .* \| 0 \| 0 \|$").Count);
    }
}
