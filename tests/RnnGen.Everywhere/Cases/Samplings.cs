namespace RnnGen.Everywhere;

/// <summary>What is drawn or searched: the same on every machine, as long as no random number lies on a boundary.</summary>
internal static class Samplings
{
    public static IEnumerable<Case> Cases =>
    [
        new Case("OneHot/sampled", Sampled),
        new Case("OneHot/beam-search", Searched),
        new Case("Strokes/drawn", Drawn),
        new Case("CtcLabels/decoded", Decoded),
    ];

    private static void Sampled(Values values)
    {
        var model = new OneHot(seed: 8);
        var tokens = new int[200];
        model.Generate(model.CreateState(), 0, tokens, new Sampler(OneHot.OutputSize, seed: 3) { Temperature = 0.8f, TopP = 0.95f });
        values.Add(tokens);
    }

    private static void Searched(Values values)
    {
        var model = new OneHot(seed: 8);
        BeamSearch search = model.CreateBeamSearch(width: 4, longest: 8);
        search.Search(model.CreateState(), 0, 5);
        for (int k = 0; k < search.Count; k++)
        {
            values.Add(search[k].Tokens);
            values.Add((float)search[k].LogProbability);
        }
    }

    private static void Drawn(Values values)
    {
        var model = new Strokes(seed: 8);
        var points = new float[30 * Strokes.InputSize];
        model.Generate(model.CreateState(), new float[Strokes.InputSize], points, new MixtureSampler(model.Layers[^1], seed: 3) { Temperature = 0.7f });
        values.Add(points);
    }

    private static void Decoded(Values values)
    {
        var model = new CtcLabels(seed: 9);
        var probabilities = new float[12 * CtcLabels.OutputSize];
        model.Forward(model.CreateState(), Made.Numbers(new Random(10), 12 * CtcLabels.InputSize), probabilities);
        var search = new CtcBeamSearch(model.Layers[^1], width: 4, longest: 12);
        search.Search(probabilities);
        for (int k = 0; k < search.Count; k++)
        {
            values.Add(search[k].Labels);
            values.Add((float)search[k].LogProbability);
        }
    }
}

[RnnModel(3, 4), Lstm(20), Mixture(3, 2, Binary = 1)]
internal sealed partial class Strokes;
