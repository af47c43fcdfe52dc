namespace RnnGen.Generator.Model;

/// <summary>What a layer's attribute may ask of its equations; as it stands, nothing.</summary>
internal sealed record CellOptions
{
    /// <summary>The alpha of the layer's one function, or null for its default.</summary>
    public double? Alpha { get; init; }

    /// <summary>The beta of the layer's one function, or null for its default.</summary>
    public double? Beta { get; init; }

    /// <summary>The function of the gates (ONNX's f), or null for the cell's own.</summary>
    public FunctionSpec? Gate { get; init; }

    /// <summary>The function of what goes into the memory (ONNX's g), or null for the cell's own.</summary>
    public FunctionSpec? Candidate { get; init; }

    /// <summary>The function of what comes out of the memory (ONNX's h), or null for the cell's own.</summary>
    public FunctionSpec? Output { get; init; }

    /// <summary>The sums of the gates stay within -Clip .. Clip; 0 for no bound.</summary>
    public double Clip { get; init; }

    /// <summary>Whether the gates of an LSTM see its memory.</summary>
    public bool Peepholes { get; init; }

    /// <summary>Whether an LSTM forgets what it takes in: f = 1 - i.</summary>
    public bool InputForget { get; init; }

    /// <summary>The size of the memory of an LSTM whose output is projected to the layer's size; 0 where nothing is projected.</summary>
    public int ProjectedFrom { get; init; }

    /// <summary>Whether an LSTM normalises its sums and its memory.</summary>
    public bool LayerNorm { get; init; }

    /// <summary>The probability that training drops a number of h before it enters the matrices.</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>The probability that a number of h stays as it was.</summary>
    public double Zoneout { get; init; }

    /// <summary>The probability that a number of an LSTM's memory stays as it was.</summary>
    public double ZoneoutCell { get; init; }

    /// <summary>Whether what a sequence starts from is trained.</summary>
    public bool LearnInitialState { get; init; }
}

/// <summary>An element-wise function of ONNX's list.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Alpha">Its alpha, or null for the default.</param>
/// <param name="Beta">Its beta, or null for the default.</param>
internal sealed record FunctionSpec(ActivationKind Kind, double? Alpha = null, double? Beta = null);
