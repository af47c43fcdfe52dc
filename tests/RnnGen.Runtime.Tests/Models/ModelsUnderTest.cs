namespace RnnGen.Tests.Models;

/// <summary>The models of <c>TestModels.cs</c>, each as a <see cref="ModelUnderTest"/>.</summary>
internal static class ModelsUnderTest
{
    /// <summary>All models, by name.</summary>
    public static TheoryData<string> All => [nameof(TokenRnn), nameof(ShortLstm), nameof(GruStack), nameof(HeadlessGru), nameof(EmbeddingMix), nameof(Plain)];

    /// <summary>Those with a head, and so with targets and a trainer.</summary>
    public static TheoryData<string> WithHead => [nameof(TokenRnn), nameof(ShortLstm), nameof(GruStack), nameof(EmbeddingMix), nameof(Plain)];

    /// <summary>Those that read numbers.</summary>
    public static TheoryData<string> OfNumbers => [nameof(ShortLstm), nameof(GruStack), nameof(HeadlessGru), nameof(Plain)];

    /// <summary>Those that read tokens.</summary>
    public static TheoryData<string> OfTokens => [nameof(TokenRnn), nameof(EmbeddingMix)];

    /// <summary>Those with a state.</summary>
    public static TheoryData<string> Recurrent => [nameof(TokenRnn), nameof(ShortLstm), nameof(GruStack), nameof(HeadlessGru), nameof(EmbeddingMix)];

    public static ModelUnderTest Create(string name, int seed = 3) => new(name switch
    {
        nameof(TokenRnn) => new TokenRnn(seed),
        nameof(ShortLstm) => new ShortLstm(seed),
        nameof(GruStack) => new GruStack(seed),
        nameof(HeadlessGru) => new HeadlessGru(seed),
        nameof(EmbeddingMix) => new EmbeddingMix(seed),
        nameof(Plain) => new Plain(seed),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such model."),
    });
}
