namespace RnnGen.Generator.Model;

/// <summary>
/// All names that the generated half of a model class declares: those that are always the same, and with <see cref="HeadNames"/> those that are
/// made of a head's. The user's half and the names of its class, layers and heads must not meet them. Kernels are elsewhere, and what stands
/// outside of the class cannot meet them.
/// </summary>
internal static class GeneratedNames
{
    /// <summary>The members that are always the same, sorted ordinally.</summary>
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
        "Layers",
        "Load",
        "LoadWeights",
        "LossOfLane",
        "Metadata",
        "OutputSize",
        "ParameterCount",
        "Parameters",
        "RecordWindows",
        "RunWindow",
        "RunWindows",
        "Save",
        "SequenceLength",
        "State",
        "Step",
        "StepWindows",
        "Tape",
        "Trainer",
        "Warmup",
        "WindowTargets",
        "_weights",
    ];

    /// <summary>Parameters and locals of the verbs that have parameters named after heads, too.</summary>
    private static readonly string[] Locals =
    [
        "state", "inputs", "input", "token", "tape", "steps", "step", "row", "window", "carried", "finalStateGradients", "loss", "count", "batch",
        "lengths", "rows", "lanes", "lane", "total",
    ];

    public static IReadOnlyList<string> Members => Sorted;

    public static bool IsMember(string name) => Array.BinarySearch(Sorted, name, StringComparer.Ordinal) >= 0;

    public static bool IsLocal(string name) => Locals.Contains(name);
}
