using RnnGen;

/// <summary>What a model knows that has counted how often each pixel is ink, and nothing else.</summary>
internal static class IndependentPixels
{
    /// <summary>The mean negative log-likelihood of pictures.</summary>
    /// <param name="training">The pictures that were counted.</param>
    /// <param name="held">The pictures.</param>
    /// <returns>Nats per picture.</returns>
    public static double Nats(Sequences<float, float> training, float[][] held)
    {
        var shares = new double[Glyphs.Count];
        for (int k = 0; k < training.Count; k++)
        {
            ReadOnlySpan<float> picture = training.Targets(k);
            for (int pixel = 0; pixel < shares.Length; pixel++)
            {
                shares[pixel] += picture[pixel];
            }
        }

        // One more picture of each kind: what never occurred is rare, not impossible.
        return held.Average(picture => picture.Select((ink, pixel) =>
        {
            double share = (shares[pixel] + 1) / (training.Count + 2);
            return -Math.Log(ink > 0 ? share : 1 - share);
        }).Sum());
    }
}
