namespace RnnGen.Generator.Parsing;

/// <summary>Names that the generated half of a model class uses, so that the user's half must not.</summary>
internal static class ReservedNames
{
    /// <summary>All names, sorted ordinally.</summary>
    private static readonly string[] Sorted =
    [
        "ActivateRecorded",
        "BackThroughBatch",
        "BackThroughTime",
        "Backward",
        "BackwardOfBatch",
        "Batch",
        "BatchSize",
        "BuildWeights",
        "CheckBatchInputs",
        "CheckBatchTargets",
        "CheckInputs",
        "CheckTargets",
        "Clone",
        "CreateBatch",
        "CreateBatchTape",
        "CreateState",
        "CreateTape",
        "CreateTrainer",
        "Evaluate",
        "Forward",
        "ForwardWindows",
        "InputSize",
        "Kernels",
        "Lanes",
        "Layers",
        "Load",
        "LoadWeights",
        "LossOfLane",
        "Metadata",
        "OutputSize",
        "ParameterCount",
        "Parameters",
        "PreciseMath",
        "RecordWindows",
        "RunWindow",
        "RunWindows",
        "Save",
        "SequenceLength",
        "Simd",
        "State",
        "Step",
        "StepWindows",
        "Tape",
        "Trainer",
        "Unsafe",
        "VectorMath",
        "Warmup",
        "WindowTargets",
        "_weights",
    ];

    public static IReadOnlyList<string> All => Sorted;

    public static bool Contains(string name) => Array.BinarySearch(Sorted, name, StringComparer.Ordinal) >= 0;
}
