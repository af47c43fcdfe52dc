namespace RnnGen.Numerics.Tests.Reproducible;

/// <summary>The reproducible models by name, each with its run for a number of updates.</summary>
internal static class ReproducibleCases
{
    public static readonly IReadOnlyDictionary<string, Func<int, ReproducibleRun>> All = new Dictionary<string, Func<int, ReproducibleRun>>
    {
        ["Lstm"] = updates => ReproducibleRun.Of(new ReproducibleLstm(seed: 1), updates),
        ["Gru"] = updates => ReproducibleRun.Of(new ReproducibleGru(seed: 1), updates),
        ["Rnn"] = updates => ReproducibleRun.Of(new ReproducibleRnn(seed: 1), updates),
        ["Normalized"] = updates => ReproducibleRun.Of(new ReproducibleNormalized(seed: 1), updates),
        ["Bidirectional"] = updates => ReproducibleRun.Of(new ReproducibleBidirectional(seed: 1), updates),
        ["Words"] = updates => ReproducibleRun.Of(new ReproducibleWords(seed: 1), updates),
        ["Quantiles"] = updates => ReproducibleRun.Of(new ReproducibleQuantiles(seed: 1), updates),
        ["Labels"] = updates => ReproducibleRun.Of(new ReproducibleLabels(seed: 1), updates),
        ["Nibbles"] = updates => ReproducibleRun.Of(new ReproducibleNibbles(seed: 1), updates),
        ["Bytes"] = updates => ReproducibleRun.Of(new ReproducibleBytes(seed: 1), updates),
        ["Halves"] = updates => ReproducibleRun.Of(new ReproducibleHalves(seed: 1), updates),
        ["Functions"] = updates => ReproducibleRun.Of(new ReproducibleFunctions(seed: 1), updates),
    };
}
