namespace RnnGen;

/// <summary>What a model does with a step that is not finite (<see cref="RnnModelAttribute.NonFinite"/>).</summary>
public enum NonFinite
{
    /// <summary>
    /// Computes with it, at no cost. A NaN can stay in a stream until it is reset: <see cref="State.IsFinite"/> says so.
    /// </summary>
    Propagate,

    /// <summary>
    /// Refuses inputs that are not finite, also in training: <c>Step</c>, <c>Forward</c>, <c>Evaluate</c> and everything that calls them throw an
    /// <see cref="ArgumentOutOfRangeException"/> with the place of the first one. Nothing was changed, also in other lanes.
    /// </summary>
    Throw,

    /// <summary>
    /// Leaves a step out if one of its inputs is not finite, or if a state or an output would not be finite after it: the state stays as it was before
    /// the step, and the outputs are those of the last step that was taken, also if that was in an earlier call. Before the first one of a sequence, the
    /// outputs are those that the head makes of zeros: 0, or equal probabilities. Other lanes are not affected. Concerns <c>Step</c>, <c>Forward</c> and
    /// <c>Evaluate</c>. A recorded window is computed as with <see cref="Propagate"/>: training skips the update instead. The outputs that are held belong
    /// to the state: they are copied and stored with it.
    /// </summary>
    Hold,
}
