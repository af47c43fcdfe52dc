using RnnGen.Numerics.Tests.Reproducible;

namespace RnnGen.Everywhere;

/// <summary>The cases whose results have the same bits on every target: reproducible models, with a thousand updates by Adam, and initial weights.</summary>
internal static class Reproducible
{
    /// <summary>Updates of each model.</summary>
    public static int Updates { get; set; } = 1000;

    public static IEnumerable<Case> Cases =>
    [
        new Case("GruPlain/initial", values => Passes.AddParameters(new GruPlain(seed: 1), values)),
        .. ReproducibleCases.All.Select(one => new Case($"Reproducible{one.Key}", values => Add(one.Value(Updates), values))),
    ];

    private static void Add(ReproducibleRun run, Values values)
    {
        values.Add(run.Outputs);
        values.Add(run.Gradients);
        values.Add(run.Weights);
        if (run.Differences.Length > 0)
        {
            throw new InvalidOperationException($"Windows differ from: {run.Differences}");
        }
    }
}
