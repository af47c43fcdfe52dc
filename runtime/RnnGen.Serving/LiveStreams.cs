namespace RnnGen.Serving;

/// <summary>What live streams do when the weights are swapped.</summary>
public enum LiveStreams
{
    /// <summary>They go on with the new weights, from the states that they have: each from its next step on.</summary>
    GoOver,

    /// <summary>They go on with the weights that they have until they end. Streams that are started later have the new ones.</summary>
    Stay,
}
