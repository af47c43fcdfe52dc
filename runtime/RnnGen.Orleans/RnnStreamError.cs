namespace RnnGen.Orleans;

/// <summary>Why a call for a stream or a model was refused. Nothing was changed, except after <see cref="Storage"/>, where that is not known.</summary>
public enum RnnStreamError
{
    /// <summary>The number of the step is not the next one: steps are missing before it. <see cref="RnnStreamException.Expected"/> is the next one.</summary>
    Gap,

    /// <summary>A step with this number was taken, but it is not the last one, so its answer is gone. <see cref="RnnStreamException.Expected"/> is the next number.</summary>
    Old,

    /// <summary>The last step had this number, and other inputs: two clients use one stream, or a client has lost count.</summary>
    Conflict,

    /// <summary>The inputs have the wrong length, or the token is not in the vocabulary.</summary>
    Input,

    /// <summary>The state would be NaN or infinite after the step.</summary>
    NotFinite,

    /// <summary>The stored stream belongs to another model: by its name, or by the names and sizes of its states.</summary>
    Model,

    /// <summary>The weights do not fit the model, are damaged, or are not finite.</summary>
    Weights,

    /// <summary>What is stored is damaged, or was written in another version of the format.</summary>
    Damaged,

    /// <summary>The silo has no model of this name.</summary>
    UnknownModel,

    /// <summary>
    /// The grain storage failed. The step is not answered; whether it was stored is looked up before the next one. Repeat the step with the same number and the same inputs.
    /// </summary>
    Storage,

    /// <summary>The weights are stored and have a version, but not all silos have confirmed them in time. Publish the same weights again.</summary>
    Unconfirmed,
}
