using Orleans;
using Orleans.Concurrency;

namespace RnnGen.Orleans;

/// <summary>The published weights of a model. Its key is the name of the model.</summary>
[Alias("RnnGen.IRnnModelGrain")]
internal interface IRnnModelGrain : IGrainWithStringKey
{
    /// <summary>The weights of now. Also while others are being published: silos that start then ask for them.</summary>
    [Alias("Get")]
    [AlwaysInterleave]
    Task<StoredModel> Get();

    /// <summary>Stores weights, unless they are those of now, and returns their version when all silos have them.</summary>
    [Alias("Publish")]
    [ResponseTimeout("00:01:00")]
    Task<int> Publish([Immutable] byte[] weights);
}
