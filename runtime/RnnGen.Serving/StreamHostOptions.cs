namespace RnnGen.Serving;

/// <summary>The settings of a <see cref="StreamHost{TKey, TInput}"/>.</summary>
/// <typeparam name="TKey">The keys of the streams.</typeparam>
public sealed class StreamHostOptions<TKey>
    where TKey : notnull
{
    /// <summary>What becomes of a stream whose state would not be finite after a step: by default, the step is refused.</summary>
    public NonFiniteState NonFinite { get; init; } = NonFiniteState.Refuse;

    /// <summary>How keys are compared; null, the default, as the type of the keys does.</summary>
    public IEqualityComparer<TKey>? Comparer { get; init; }

    /// <summary>The clock that tells how long a stream has been idle. The system's by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// A name for the metrics, where it is the tag <c>host</c>. Hosts of the same model in one process need different ones: else, an operator cannot tell them apart, and the metrics of both can end
    /// when one of them is disposed. Null, the default, for none.
    /// </summary>
    public string? Name { get; init; }
}
