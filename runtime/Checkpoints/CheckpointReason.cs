namespace RnnGen;

/// <summary>What is wrong with a checkpoint, to be switched on: see <see cref="CheckpointException.Reason"/>.</summary>
public enum CheckpointReason
{
    /// <summary>
    /// The file system or a stream refused, or the path is no regular file's: <see cref="Exception.InnerException"/> says more where it was an exception.
    /// </summary>
    File,

    /// <summary>The file is no safetensors file, or a broken one.</summary>
    Container,

    /// <summary>A tensor that is needed is not there.</summary>
    MissingTensor,

    /// <summary>There is a tensor that the model or the trainer does not know.</summary>
    SurplusTensor,

    /// <summary>A tensor has another shape or number of elements.</summary>
    Shape,

    /// <summary>A tensor has another element type.</summary>
    Type,

    /// <summary>A checksum differs: the file was damaged, or edited, after it was written.</summary>
    Digest,

    /// <summary>
    /// The file holds no training, that of another optimizer, or numbers that no training has.
    /// </summary>
    TrainingState,

    /// <summary>A text of the model's metadata cannot be written.</summary>
    Metadata,
}
