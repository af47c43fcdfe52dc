using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Serialization;

namespace RnnGen.Orleans;

/// <summary>Streams of a model in a silo.</summary>
public static class RnnStreamSiloExtensions
{
    /// <summary>
    /// Serves streams of a model. All silos of a cluster must have the same models, and a grain storage for them. The weights are those of version 1 in a cluster whose storage has none; from then
    /// on, the published ones count: <see cref="RnnStreamClientExtensions.PublishRnnModelAsync"/>.
    /// <code>
    /// silo.AddRedisGrainStorageAsDefault(options => options.ConfigurationOptions = redis);
    /// silo.AddRnnStreams(model, options => options.Persistence = StreamPersistence.EachStep);
    /// </code>
    /// </summary>
    /// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
    /// <param name="builder">The silo.</param>
    /// <param name="model">The model. The silo takes a copy.</param>
    /// <param name="configure">Changes the settings; null for the defaults.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="ArgumentException">The name has a slash, is empty, or is that of another model of the silo.</exception>
    public static ISiloBuilder AddRnnStreams<TInput>(this ISiloBuilder builder, IRnnStreamingModel<TInput> model, Action<RnnStreamOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(model);
        var options = new RnnStreamOptions();
        configure?.Invoke(options);
        string name = options.Name ?? model.Weights.Model;
        StreamKey.CheckModel(name, nameof(configure));
        IServiceCollection services = builder.Services;
        if (services.Any(service => service.ImplementationInstance is ServedModel served && served.Name == name))
        {
            throw new ArgumentException($"The silo has a model '{name}' already: give one of them another name.", nameof(configure));
        }

        if (!services.Any(service => service.ServiceType == typeof(StreamModels)))
        {
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<StreamModels>();
            services.AddSingleton<IConfigurationValidator>(provider => provider.GetRequiredService<StreamModels>());
            services.AddSingleton<RnnModelServiceClient>();
            services.AddSerializer(serializer => serializer.AddAssembly(typeof(StreamModels).Assembly));
            builder.AddGrainService<RnnModelService>();
        }

        services.AddSingleton<ServedModel>(new ServedModel<TInput>(name, model, options));
        return builder;
    }
}
