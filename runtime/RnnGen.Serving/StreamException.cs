namespace RnnGen.Serving;

/// <summary>A <see cref="StreamHost{TKey, TInput}"/> refused a call. The methods that begin with <c>Try</c> return the status instead.</summary>
public sealed class StreamException : Exception
{
    internal StreamException(StreamStatus status, string message)
        : base(message)
    {
        Status = status;
    }

    /// <summary>The reason; never <see cref="StreamStatus.Done"/>.</summary>
    public StreamStatus Status { get; }
}
