using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace RnnGen.Orleans;

/// <summary>The models of a silo, by their names.</summary>
internal sealed class StreamModels(IEnumerable<ServedModel> models, IServiceProvider services) : IConfigurationValidator
{
    private readonly Dictionary<string, ServedModel> _models = models.ToDictionary(model => model.Name);

    /// <summary>The model of a name; null if the silo has none.</summary>
    public ServedModel? Find(string name) => _models.GetValueOrDefault(name);

    /// <exception cref="RnnStreamException">The silo has no such model.</exception>
    public ServedModel Require(string name) =>
        Find(name) ?? throw new RnnStreamException(RnnStreamError.UnknownModel, $"The silo has no model '{name}', only {string.Join(", ", _models.Keys.Select(known => $"'{known}'"))}.");

    /// <exception cref="RnnStreamException">The silo has no such model, or one with other inputs.</exception>
    public ServedModel<TInput> Require<TInput>(string name) => Require(name) as ServedModel<TInput>
        ?? throw new RnnStreamException(RnnStreamError.UnknownModel, $"The inputs of the model '{name}' are not {typeof(TInput).Name}.");

    /// <summary>The grain storage of a model.</summary>
    public IGrainStorage StorageOf(ServedModel model) => services.GetRequiredKeyedService<IGrainStorage>(model.StorageName);

    /// <summary>A silo without the storage does not start.</summary>
    public void ValidateConfiguration()
    {
        foreach (ServedModel model in _models.Values)
        {
            if (services.GetKeyedService<IGrainStorage>(model.StorageName) is null)
            {
                throw new OrleansConfigurationException(
                    $"The streams of the model '{model.Name}' need a grain storage named '{model.StorageName}': add one, such as AddRedisGrainStorage or AddMemoryGrainStorage.");
            }
        }
    }
}
