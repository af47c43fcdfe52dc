namespace RnnGen.Numerics.Tests.Goldens;

/// <summary>Generated models against PyTorch.</summary>
public sealed class GoldenTests
{
    // Their files have neither steps of optimizers nor gradients of the recurrent part alone, with which its outputs would be compared.
    private static readonly string[] Large =
        ["gru_i40_h64_t100_n1_l1_uni_ce-last", "lstm_i40_h64_t100_n1_l1_uni_ce-seq", "rnn_tanh_i40_h64_t100_n4_l1_uni_ce-last"];

    public static TheoryData<string> Names => [.. GoldenCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_PyTorch(string name)
    {
        GoldenCases.All[name]();

        Assert.Equal(Large.Contains(name) ? ["out"] : [], GoldenFile.Unread(name + ".safetensors"));
    }

    [Fact]
    public void Every_file_has_a_case() => Assert.Equal(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "goldens"), "*.safetensors").Select(Path.GetFileNameWithoutExtension).Order(),
        GoldenCases.All.Keys.Order());

    /// <summary>A result that a file does not have is reported as not compared.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Everything_is_compared(string name)
    {
        var file = new GoldenFile(name + ".safetensors");
        bool hasAll = file.Json("optimizers").GetArrayLength() == 6 && file.Json("vjp").GetBoolean();

        Assert.Equal(!Large.Contains(name), hasAll);
        Assert.SkipUnless(hasAll, "The file has neither steps of optimizers nor gradients of the recurrent part alone.");
    }
}
