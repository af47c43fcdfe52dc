using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace RnnGen.Orleans;

/// <summary>One in each silo: takes published weights.</summary>
[Alias("RnnGen.IRnnModelService")]
internal interface IRnnModelService : IGrainService
{
    /// <summary>Loads the weights, if the silo has the model.</summary>
    [Alias("Load")]
    Task Load(string name, StoredModel model);
}

/// <inheritdoc cref="IRnnModelService"/>
[Reentrant]
internal sealed class RnnModelService : GrainService, IRnnModelService
{
    private readonly StreamModels _models;

    public RnnModelService(GrainId id, Silo silo, ILoggerFactory loggers, StreamModels models)
        : base(id, silo, loggers)
    {
        _models = models;
    }

    // A large model takes a while to be read and warmed up; the scheduler of the service is not held up by that.
    public Task Load(string name, StoredModel model) => Task.Run(() => _models.Find(name)?.Load(model));
}

/// <summary>Calls the service of a silo.</summary>
internal sealed class RnnModelServiceClient(IServiceProvider services) : GrainServiceClient<IRnnModelService>(services)
{
    public Task Load(SiloAddress silo, string name, StoredModel model) => GetGrainService(silo).Load(name, model);
}
