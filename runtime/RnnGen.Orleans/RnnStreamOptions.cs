using Orleans.Providers;

namespace RnnGen.Orleans;

/// <summary>How the streams of one model are served. All silos must have the same.</summary>
public sealed class RnnStreamOptions
{
    /// <summary>
    /// The name by which clients find the model; null, the default, for the name of its class. It must not be empty, or contain a slash. Two names may have models of the same class, with
    /// other weights or another policy.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>When streams are written; <see cref="StreamPersistence.EachStep"/> by default.</summary>
    public StreamPersistence Persistence { get; set; } = StreamPersistence.EachStep;

    /// <summary>The name of the grain storage for streams and published weights; by default, that of the default storage.</summary>
    public string StorageName { get; set; } = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
}
