namespace RnnGen.Benchmarks;

/// <summary>All models that are measured, by cell and size.</summary>
internal static class Catalog
{
    public static IReadOnlyList<MeasuredModel> All { get; } =
    [
        new MeasuredModel<RnnSeed, RnnSeed.State>(new Shape(Cell.Rnn, "seed", 4, 2, 6)),
        new MeasuredModel<LstmSeed, LstmSeed.State>(new Shape(Cell.Lstm, "seed", 4, 2, 6)),
        new MeasuredModel<GruSeed, GruSeed.State>(new Shape(Cell.Gru, "seed", 4, 2, 6)),
        new MeasuredModel<RnnAmp, RnnAmp.State>(new Shape(Cell.Rnn, "amp", 1, 20, 64)),
        new MeasuredModel<LstmAmp, LstmAmp.State>(new Shape(Cell.Lstm, "amp", 1, 20, 64)),
        new MeasuredModel<GruAmp, GruAmp.State>(new Shape(Cell.Gru, "amp", 1, 20, 64)),
        new MeasuredModel<RnnS16, RnnS16.State>(new Shape(Cell.Rnn, "s16", 8, 16, 32)),
        new MeasuredModel<LstmS16, LstmS16.State>(new Shape(Cell.Lstm, "s16", 8, 16, 32)),
        new MeasuredModel<GruS16, GruS16.State>(new Shape(Cell.Gru, "s16", 8, 16, 32)),
        new MeasuredModel<RnnS32, RnnS32.State>(new Shape(Cell.Rnn, "s32", 16, 32, 64)),
        new MeasuredModel<LstmS32, LstmS32.State>(new Shape(Cell.Lstm, "s32", 16, 32, 64)),
        new MeasuredModel<GruS32, GruS32.State>(new Shape(Cell.Gru, "s32", 16, 32, 64)),
        new MeasuredModel<RnnM64, RnnM64.State>(new Shape(Cell.Rnn, "m64", 40, 64, 100)),
        new MeasuredModel<LstmM64, LstmM64.State>(new Shape(Cell.Lstm, "m64", 40, 64, 100)),
        new MeasuredModel<GruM64, GruM64.State>(new Shape(Cell.Gru, "m64", 40, 64, 100)),
        new MeasuredModel<RnnM128, RnnM128.State>(new Shape(Cell.Rnn, "m128", 64, 128, 100)),
        new MeasuredModel<LstmM128, LstmM128.State>(new Shape(Cell.Lstm, "m128", 64, 128, 100)),
        new MeasuredModel<GruM128, GruM128.State>(new Shape(Cell.Gru, "m128", 64, 128, 100)),
        new MeasuredModel<RnnL256, RnnL256.State>(new Shape(Cell.Rnn, "l256", 128, 256, 50)),
        new MeasuredModel<LstmL256, LstmL256.State>(new Shape(Cell.Lstm, "l256", 128, 256, 50)),
        new MeasuredModel<GruL256, GruL256.State>(new Shape(Cell.Gru, "l256", 128, 256, 50)),
        new MeasuredModel<Stack2x128, Stack2x128.State>(new Shape(Cell.Lstm, "stack2x128", 128, 128, 64, Layers: 2, Output: 32)),
        new MeasuredModel<Stack3x256, Stack3x256.State>(new Shape(Cell.Lstm, "stack3x256", 256, 256, 64, Layers: 3, Output: 32)),
    ];

    /// <summary>Those of them whose steps read narrow weights, too.</summary>
    public static IReadOnlyList<MeasuredModel> Narrow { get; } =
    [
        ReadsNarrow<RnnS16BFloat16, RnnS16BFloat16.State>("rnn s16", StoredWeights.BFloat16),
        ReadsNarrow<LstmS16BFloat16, LstmS16BFloat16.State>("lstm s16", StoredWeights.BFloat16),
        ReadsNarrow<GruS16BFloat16, GruS16BFloat16.State>("gru s16", StoredWeights.BFloat16),
        ReadsNarrow<RnnS32BFloat16, RnnS32BFloat16.State>("rnn s32", StoredWeights.BFloat16),
        ReadsNarrow<LstmS32BFloat16, LstmS32BFloat16.State>("lstm s32", StoredWeights.BFloat16),
        ReadsNarrow<GruS32BFloat16, GruS32BFloat16.State>("gru s32", StoredWeights.BFloat16),
        ReadsNarrow<RnnM64BFloat16, RnnM64BFloat16.State>("rnn m64", StoredWeights.BFloat16),
        ReadsNarrow<LstmM64BFloat16, LstmM64BFloat16.State>("lstm m64", StoredWeights.BFloat16),
        ReadsNarrow<GruM64BFloat16, GruM64BFloat16.State>("gru m64", StoredWeights.BFloat16),
        ReadsNarrow<RnnM128BFloat16, RnnM128BFloat16.State>("rnn m128", StoredWeights.BFloat16),
        ReadsNarrow<LstmM128BFloat16, LstmM128BFloat16.State>("lstm m128", StoredWeights.BFloat16),
        ReadsNarrow<GruM128BFloat16, GruM128BFloat16.State>("gru m128", StoredWeights.BFloat16),
        ReadsNarrow<RnnL256BFloat16, RnnL256BFloat16.State>("rnn l256", StoredWeights.BFloat16),
        ReadsNarrow<LstmL256BFloat16, LstmL256BFloat16.State>("lstm l256", StoredWeights.BFloat16),
        ReadsNarrow<GruL256BFloat16, GruL256BFloat16.State>("gru l256", StoredWeights.BFloat16),
        ReadsNarrow<Stack2x128BFloat16, Stack2x128BFloat16.State>("lstm stack2x128", StoredWeights.BFloat16),
        ReadsNarrow<Stack3x256BFloat16, Stack3x256BFloat16.State>("lstm stack3x256", StoredWeights.BFloat16),
        ReadsNarrow<RnnS16Int8, RnnS16Int8.State>("rnn s16", StoredWeights.Int8),
        ReadsNarrow<LstmS16Int8, LstmS16Int8.State>("lstm s16", StoredWeights.Int8),
        ReadsNarrow<GruS16Int8, GruS16Int8.State>("gru s16", StoredWeights.Int8),
        ReadsNarrow<RnnS32Int8, RnnS32Int8.State>("rnn s32", StoredWeights.Int8),
        ReadsNarrow<LstmS32Int8, LstmS32Int8.State>("lstm s32", StoredWeights.Int8),
        ReadsNarrow<GruS32Int8, GruS32Int8.State>("gru s32", StoredWeights.Int8),
        ReadsNarrow<RnnM64Int8, RnnM64Int8.State>("rnn m64", StoredWeights.Int8),
        ReadsNarrow<LstmM64Int8, LstmM64Int8.State>("lstm m64", StoredWeights.Int8),
        ReadsNarrow<GruM64Int8, GruM64Int8.State>("gru m64", StoredWeights.Int8),
        ReadsNarrow<RnnM128Int8, RnnM128Int8.State>("rnn m128", StoredWeights.Int8),
        ReadsNarrow<LstmM128Int8, LstmM128Int8.State>("lstm m128", StoredWeights.Int8),
        ReadsNarrow<GruM128Int8, GruM128Int8.State>("gru m128", StoredWeights.Int8),
        ReadsNarrow<RnnL256Int8, RnnL256Int8.State>("rnn l256", StoredWeights.Int8),
        ReadsNarrow<LstmL256Int8, LstmL256Int8.State>("lstm l256", StoredWeights.Int8),
        ReadsNarrow<GruL256Int8, GruL256Int8.State>("gru l256", StoredWeights.Int8),
        ReadsNarrow<Stack2x128Int8, Stack2x128Int8.State>("lstm stack2x128", StoredWeights.Int8),
        ReadsNarrow<Stack3x256Int8, Stack3x256Int8.State>("lstm stack3x256", StoredWeights.Int8),
        ReadsNarrow<RnnS16Int4, RnnS16Int4.State>("rnn s16", StoredWeights.Int4),
        ReadsNarrow<LstmS16Int4, LstmS16Int4.State>("lstm s16", StoredWeights.Int4),
        ReadsNarrow<GruS16Int4, GruS16Int4.State>("gru s16", StoredWeights.Int4),
        ReadsNarrow<RnnS32Int4, RnnS32Int4.State>("rnn s32", StoredWeights.Int4),
        ReadsNarrow<LstmS32Int4, LstmS32Int4.State>("lstm s32", StoredWeights.Int4),
        ReadsNarrow<GruS32Int4, GruS32Int4.State>("gru s32", StoredWeights.Int4),
        ReadsNarrow<RnnM64Int4, RnnM64Int4.State>("rnn m64", StoredWeights.Int4),
        ReadsNarrow<LstmM64Int4, LstmM64Int4.State>("lstm m64", StoredWeights.Int4),
        ReadsNarrow<GruM64Int4, GruM64Int4.State>("gru m64", StoredWeights.Int4),
        ReadsNarrow<RnnM128Int4, RnnM128Int4.State>("rnn m128", StoredWeights.Int4),
        ReadsNarrow<LstmM128Int4, LstmM128Int4.State>("lstm m128", StoredWeights.Int4),
        ReadsNarrow<GruM128Int4, GruM128Int4.State>("gru m128", StoredWeights.Int4),
        ReadsNarrow<RnnL256Int4, RnnL256Int4.State>("rnn l256", StoredWeights.Int4),
        ReadsNarrow<LstmL256Int4, LstmL256Int4.State>("lstm l256", StoredWeights.Int4),
        ReadsNarrow<GruL256Int4, GruL256Int4.State>("gru l256", StoredWeights.Int4),
        ReadsNarrow<Stack2x128Int4, Stack2x128Int4.State>("lstm stack2x128", StoredWeights.Int4),
        ReadsNarrow<Stack3x256Int4, Stack3x256Int4.State>("lstm stack3x256", StoredWeights.Int4),
        ReadsNarrow<Stack2x128Mixed, Stack2x128Mixed.State>("lstm stack2x128", StoredWeights.Mixed),
        ReadsNarrow<Stack3x256Mixed, Stack3x256Mixed.State>("lstm stack3x256", StoredWeights.Mixed),
    ];

    /// <summary>Names of formats, that of floats first.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. All.Concat(Narrow).Select(model => model.Stored.Name).Distinct()];

    /// <summary>Those whose names contain a word; all contain the empty one.</summary>
    public static IEnumerable<MeasuredModel> Matching(string word) => All.Where(model => Matches(model.Name, word));

    /// <summary>The same of some formats.</summary>
    public static IEnumerable<MeasuredModel> Matching(string word, IReadOnlyList<string> formats) =>
        All.Concat(Narrow).Where(model => Matches(model.Name, word) && formats.Contains(model.Stored.Name));

    /// <summary>Names are matched with and without the space between cell and size.</summary>
    public static bool Matches(string name, string word) =>
        name.Replace(" ", "", StringComparison.Ordinal).Contains(word.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static MeasuredModel<TModel, TState> ReadsNarrow<TModel, TState>(string name, StoredWeights stored)
        where TModel : class, IRnnStreamingBatchModel<float>, IRnnModelFactory<TModel>, IStreamed<TState>
        where TState : State =>
        new(All.Single(model => model.Name == name).Shape, stored);
}
