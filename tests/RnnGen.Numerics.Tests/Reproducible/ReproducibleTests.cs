using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RnnGen.Numerics.Tests.Reproducible;

/// <summary>Reproducible models give the bits whose digests are here. The tests run for vectors of every width.</summary>
public class ReproducibleTests
{
    private const int Updates = 25;

    [Theory]
    [InlineData("Lstm", "3A40ED174FA78A12", "EFEC0F8AC4393140", "DA477100DB5F54B3")]
    [InlineData("Gru", "76D4F088F654CAAD", "AA3CC937C11BCE66", "52C01ECE9F4B9EEB")]
    [InlineData("Rnn", "DDB4A206FED2D462", "BB2D4478BF1BA5AA", "D015566F086C62F9")]
    [InlineData("Normalized", "88DB90BD12E71F86", "3561E02D88FA37E4", "55E0F468CBB96A8C")]
    [InlineData("Bidirectional", "1E257152FA682756", "CFD5E65806565C3E", "5A577738E9880FAE")]
    [InlineData("Words", "7A18A75818B28BF9", "B85AE9A11D1A2289", "5B095A2089468DAC")]
    [InlineData("Quantiles", "551E165A1235C60D", "CF9DB02732011E6C", "CE82C20A53336DAE")]
    [InlineData("Labels", "E74C1300585D278F", "DCF3EC77FF8FF4DF", "1F9279852F1744D6")]
    [InlineData("Nibbles", "9152FCDC2BC91096", "B3E562CD45FA33D3", "BF36C5A5B39E7B4A")]
    [InlineData("Bytes", "56AC0DC743BE8A1D", "6CEF78D4C9F98CD7", "028FB241AA0364AC")]
    [InlineData("Halves", "D5584449941A0B2F", "B468FCCD165C7A35", "FDB5055F0FAF06BC")]
    [InlineData("Functions", "7E1E093E55224DCD", "E4596E634F44C303", "22947E9A078B70AA")]
    public void Bits_are_those_that_every_machine_gives(string name, string outputs, string gradients, string weights)
    {
        ReproducibleRun run = ReproducibleCases.All[name](Updates);
        Assert.Equal((outputs, gradients, weights, ""), (Digest(run.Outputs), Digest(run.Gradients), Digest(run.Weights), run.Differences));
    }

    [Fact]
    public void Every_case_is_tested() => Assert.Equal(
        ReproducibleCases.All.Keys,
        typeof(ReproducibleTests).GetMethod(nameof(Bits_are_those_that_every_machine_gives))!.GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!));

    private static string Digest(float[] values) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan()))[..8]);
}
