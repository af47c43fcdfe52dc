namespace RnnGen.Generator;

/// <summary>Names of the steps of the pipeline, by which the caching tests find them.</summary>
internal static class TrackingNames
{
    public const string Parse = nameof(Parse);
    public const string Model = nameof(Model);
    public const string Weights = nameof(Weights);
    public const string Checked = nameof(Checked);
}
