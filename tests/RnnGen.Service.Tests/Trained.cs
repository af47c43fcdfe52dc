namespace RnnGen.Tests.Service;

/// <summary>The detector, which is trained once.</summary>
internal static class Trained
{
    private static readonly Lazy<Detector> Training = new(() => DetectorTraining.Run());

    public static Detector Detector => Training.Value;

    /// <summary>Other weights: each a little different.</summary>
    public static Detector Varied(int seed)
    {
        Detector detector = Detector.Clone();
        var random = new Random(seed);
        foreach (Parameter parameter in detector.Layers.SelectMany(layer => layer.Parameters))
        {
            var values = new float[parameter.Count];
            parameter.CopyTo(values);
            parameter.CopyFrom(Array.ConvertAll(values, value => value * (1 + (0.1f * (random.NextSingle() - 0.5f)))));
        }

        return detector;
    }
}
