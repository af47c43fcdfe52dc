namespace RnnGen.Everywhere;

/// <summary>Layers that are large enough for vectors of 512 bits, for several tiles, and for products that are computed ahead.</summary>
internal static class Large
{
    public static IEnumerable<Case> Cases =>
    [
        .. Passes.Streamed<Lstm128, float>(),
        .. Passes.Streamed<Gru96, float>(),
        .. Passes.Streamed<Rnn200, float>(),
        .. Passes.Streamed<Lstm128Bytes, float>(),
        .. Passes.Streamed<Gru96Halves, float>(),
        .. Passes.Streamed<Lstm160Nibbles, float>(),
    ];
}

[RnnModel(1, 24), Lstm(128), Linear(1)]
internal sealed partial class Lstm128;

[RnnModel(40, 24), Gru(96), Linear(4)]
internal sealed partial class Gru96;

[RnnModel(60, 24), Rnn(200), Linear(4)]
internal sealed partial class Rnn200;

[RnnModel(64, 24, Weights = WeightFormat.Int8), Lstm(128), Linear(1)]
internal sealed partial class Lstm128Bytes;

[RnnModel(64, 24, Weights = WeightFormat.Int4), Lstm(160), Linear(1)]
internal sealed partial class Lstm160Nibbles;

[RnnModel(40, 24, Weights = WeightFormat.BFloat16), Gru(96), Linear(4)]
internal sealed partial class Gru96Halves;
