namespace RnnGen.Serving;

/// <summary>
/// What becomes of a stream whose state would not be finite after a step. The step is reported in both cases, as <see cref="StreamStatus.NotFinite"/>. A model that is declared
/// with <see cref="RnnGen.NonFinite.Hold"/> or <see cref="RnnGen.NonFinite.Throw"/> has no such steps, as far as inputs cause them.
/// </summary>
public enum NonFiniteState
{
    /// <summary>The step is refused: the stream stays as it was before.</summary>
    Refuse,

    /// <summary>The stream starts anew, as after <c>Start</c>, with its next step.</summary>
    Reset,
}
