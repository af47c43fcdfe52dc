using Orleans;

namespace RnnGen.Orleans;

/// <summary>Streams of a cluster, for its clients and for grains.</summary>
public static class RnnStreamClientExtensions
{
    /// <summary>A stream, with a client that numbers its steps, keeps their order, and repeats what fails.</summary>
    /// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
    /// <param name="grains">The cluster client, or the factory of a grain.</param>
    /// <param name="model">The name of the model: that of its class, unless the silos give it another.</param>
    /// <param name="key">The key of the stream, not empty.</param>
    /// <returns>The stream. Only one client should take steps of a stream at a time.</returns>
    /// <exception cref="ArgumentException">The key is empty, or it is not the name of a model.</exception>
    public static RnnStream<TInput> GetRnnStream<TInput>(this IGrainFactory grains, string model, string key) => new(grains.GetRnnStreamGrain<TInput>(model, key));

    /// <summary>The grain of a stream, for whoever numbers the steps.</summary>
    /// <inheritdoc cref="GetRnnStream{TInput}"/>
    public static IRnnStreamGrain<TInput> GetRnnStreamGrain<TInput>(this IGrainFactory grains, string model, string key)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return grains.GetGrain<IRnnStreamGrain<TInput>>(StreamKey.Of(model, key));
    }

    /// <summary>
    /// Publishes weights to all silos: they are stored and have a version, and all silos have loaded and warmed them up before this returns. Streams go over between two of their steps. A silo
    /// that joins later has them before its first step.
    /// </summary>
    /// <param name="grains">The cluster client, or the factory of a grain.</param>
    /// <param name="name">The name of the model.</param>
    /// <param name="model">A model of the class that the silos have, with the weights.</param>
    /// <returns>The version. Weights that are those of now are not stored again, so that a call can be repeated.</returns>
    /// <exception cref="ArgumentException">It is not the name of a model.</exception>
    /// <exception cref="RnnStreamException">The weights do not fit, the storage failed, or a silo has not confirmed them within half a minute.</exception>
    public static Task<int> PublishRnnModelAsync(this IGrainFactory grains, string name, IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(model);
        StreamKey.CheckModel(name, nameof(name));
        return grains.GetGrain<IRnnModelGrain>(name).Publish(ModelFile.Of(model));
    }
}
