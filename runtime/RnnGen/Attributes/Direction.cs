namespace RnnGen;

/// <summary>The direction in which a recurrent layer runs through a window; ONNX's names.</summary>
public enum Direction
{
    /// <summary>From the first step to the last.</summary>
    Forward,

    /// <summary>From the last step to the first. Outputs are in the order of the inputs.</summary>
    Reverse,

    /// <summary>Both, with separate weights and states; <see cref="RecurrentAttribute.Merge"/> says how the outputs are combined.</summary>
    Bidirectional,
}

/// <summary>How the two outputs of a bidirectional layer are combined; Keras' merge modes.</summary>
public enum Merge
{
    /// <summary>Concatenated, forward first, as in PyTorch: twice as many outputs as the layer has units.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Average,

    /// <summary>Their product, element by element.</summary>
    Multiply,
}
