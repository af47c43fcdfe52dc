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

    /// <summary>Those whose names contain a word; all contain the empty one.</summary>
    public static IEnumerable<MeasuredModel> Matching(string word) => All.Where(model => Matches(model.Name, word));

    /// <summary>Names are matched with and without the space between cell and size.</summary>
    public static bool Matches(string name, string word) =>
        name.Replace(" ", "", StringComparison.Ordinal).Contains(word.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
}
