namespace RnnGen;

/// <summary>What libraries do in different ways, and what <see cref="VerifyExtensions"/> tries where a model is wrong.</summary>
public enum Convention
{
    /// <summary>The order of the gates, in all arrays or in one of them.</summary>
    GateOrder,

    /// <summary>Rows and columns of a matrix are exchanged.</summary>
    Transposition,

    /// <summary>The matrices of the input and of the state are exchanged: [h, x] in one matrix instead of [x, h].</summary>
    JoinedOrder,

    /// <summary>Biases are exchanged, missing, or there twice.</summary>
    Biases,

    /// <summary>A number is added to the sum of the forget gate.</summary>
    ForgetBias,

    /// <summary>The update gate is 1 minus that of the layer.</summary>
    UpdateGate,

    /// <summary>The reset gate acts before the recurrent product instead of after it, or the other way round.</summary>
    ResetGate,

    /// <summary>A function of a layer or head.</summary>
    Activation,

    /// <summary>Sequences start from zero, or from where the one before ended.</summary>
    InitialState,

    /// <summary>The direction in which a layer reads a sequence.</summary>
    Direction,

    /// <summary>How the outputs of the two directions of a layer become one.</summary>
    Merge,

    /// <summary>The order of the peephole weights of an LSTM.</summary>
    Peepholes,

    /// <summary>Several sequences are given step by step, [steps x sequences], instead of one after the other.</summary>
    TimeMajor,

    /// <summary>The outputs of several heads are given step by step, instead of head by head.</summary>
    Heads,
}
