namespace RnnGen.Numerics.Tests.Goldens;

/// <summary>Generated models against PyTorch.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Names => [.. GoldenCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_PyTorch(string name) => GoldenCases.All[name]();

    [Fact]
    public void Every_file_has_a_case() => Assert.Equal(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "goldens"), "*.safetensors").Select(Path.GetFileNameWithoutExtension).Order(),
        GoldenCases.All.Keys.Order());
}
