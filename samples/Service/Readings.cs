using RnnGen.Serving;

/// <summary>What happens with each reading, however it came.</summary>
public sealed class Readings(Streams streams, Events events, Alarms alarms)
{
    /// <summary>Takes a reading of a stream. Its sender takes one at a time.</summary>
    /// <returns>As <see cref="Streams.Step"/>; nothing was changed unless it is done.</returns>
    public StreamStatus Take(string key, ReadOnlySpan<float> reading, out Answer answer)
    {
        StreamStatus status = streams.Step(key, reading, out answer);
        if (status == StreamStatus.Done)
        {
            events.Tell(key, answer);
            alarms.Tell(key, answer);
        }

        return status;
    }
}
