namespace RnnGen;

/// <summary>In which direction a recurrent layer goes through a window; ONNX's names.</summary>
public enum Direction
{
    /// <summary>From the first step to the last.</summary>
    Forward,

    /// <summary>From the last step to the first. Outputs stay aligned with the inputs.</summary>
    Reverse,

    /// <summary>Both, each with weights and states of its own; <see cref="RecurrentAttribute.Merge"/> says what becomes of the two outputs.</summary>
    Bidirectional,
}

/// <summary>What becomes of the two outputs of a bidirectional layer; Keras' merge modes.</summary>
public enum Merge
{
    /// <summary>Side by side, forward first, as PyTorch has them: twice as many numbers as the layer has units.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Average,

    /// <summary>Their product, element by element.</summary>
    Multiply,
}
