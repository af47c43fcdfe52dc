namespace RnnGen.Generator.Model;

/// <summary>
/// All names that generated code declares in a model class: the fixed ones here, and those derived from the names of heads in <see cref="HeadNames"/>.
/// The user's members and the names of the class, its layers and heads must differ from these. Kernels are in another namespace, and names
/// outside of the class cannot conflict.
/// </summary>
internal static class GeneratedNames
{
    /// <summary>The fixed members, sorted ordinally.</summary>
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
        "CreateStates",
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
        "Tape",
        "Trainer",
        "Warmup",
        "WindowTargets",
        "_weights",
    ];

    /// <summary>Parameters and locals of the verbs that also have parameters named after heads.</summary>
    private static readonly string[] Locals =
    [
        "state", "inputs", "input", "token", "tape", "steps", "step", "window", "carried", "finalStateGradients", "loss", "count", "batch",
        "lengths", "rows", "lanes", "lane", "total", "states", "stream", "second",
    ];

    public static IReadOnlyList<string> Members => Sorted;

    public static bool IsMember(string name) => Array.BinarySearch(Sorted, name, StringComparer.Ordinal) >= 0;

    public static bool IsLocal(string name) => Locals.Contains(name);
}
