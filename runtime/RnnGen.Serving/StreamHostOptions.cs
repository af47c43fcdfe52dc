using Microsoft.Extensions.Logging;

namespace RnnGen.Serving;

/// <summary>The settings of a <see cref="StreamHost{TKey, TInput}"/>.</summary>
/// <typeparam name="TKey">The keys of the streams.</typeparam>
public sealed class StreamHostOptions<TKey>
    where TKey : notnull
{
    /// <summary>What becomes of a stream whose state would not be finite after a step: by default, the step is refused.</summary>
    public NonFiniteState NonFinite { get; init; } = NonFiniteState.Refuse;

    /// <summary>
    /// How many batches are computed at the same time: 0, the default, for none. Each stream belongs to one of so many groups. Steps of a group that wait at the same moment are taken together, as lanes of a batch,
    /// of which there are at most the <c>BatchSize</c> of the model: each weight is read once for all of them. Steps wait in <see cref="StreamHost{TKey, TInput}.StepAsync"/> and
    /// <see cref="StreamHost{TKey, TInput}.TryStepMany"/>; other calls take turns with the batch of their group. As many as there are cores is a good number.
    /// </summary>
    public int ConcurrentBatches { get; init; }

    /// <summary>
    /// How long a step waits for others if its batch is not full, at most: by default, not at all, so that only steps that are there anyway are taken together. The system's timers count in milliseconds. It
    /// needs <see cref="ConcurrentBatches"/>.
    /// </summary>
    public TimeSpan MaxWait { get; init; }

    /// <summary>How keys are compared; null, the default, as the type of the keys does.</summary>
    public IEqualityComparer<TKey>? Comparer { get; init; }

    /// <summary>The clock that tells how long a stream has been idle. The system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Receives rare events: new weights, idle streams that were ended and, at most once a minute with their number, streams that were refused because the host was full and steps whose states would not be
    /// finite. Keys are only in messages of the level <see cref="LogLevel.Debug"/>. Null, the default, for none.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>
    /// A name for the metrics, where it is the tag <c>host</c>. Hosts of the same model in one process need different ones: else, an operator cannot tell them apart, and the metrics of both can end
    /// when one of them is disposed. Null, the default, for none.
    /// </summary>
    public string? Name { get; init; }
}
