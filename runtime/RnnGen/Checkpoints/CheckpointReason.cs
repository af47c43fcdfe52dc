namespace RnnGen;

/// <summary>What is wrong with a checkpoint, for code that handles errors differently: see <see cref="CheckpointException.Reason"/>.</summary>
public enum CheckpointReason
{
    /// <summary>
    /// The file system or a stream refused, see <see cref="Exception.InnerException"/>, or the path is not that of a regular file.
    /// </summary>
    File,

    /// <summary>The file is not a safetensors file, or it is malformed.</summary>
    Container,

    /// <summary>A required tensor is missing.</summary>
    MissingTensor,

    /// <summary>There is a tensor that neither the model nor the trainer has.</summary>
    SurplusTensor,

    /// <summary>A tensor has the wrong shape or number of elements.</summary>
    Shape,

    /// <summary>A tensor has the wrong element type.</summary>
    Type,

    /// <summary>A weight is NaN or infinite.</summary>
    NotFinite,

    /// <summary>The model does not give the known answers in the file, or there are none to compare with.</summary>
    Answers,

    /// <summary>A checksum differs: the file was damaged or edited after it was written.</summary>
    Digest,

    /// <summary>
    /// The file contains no training, that of another optimizer, or values that no training can have.
    /// </summary>
    TrainingState,

    /// <summary>The model's metadata cannot be written.</summary>
    Metadata,
}
