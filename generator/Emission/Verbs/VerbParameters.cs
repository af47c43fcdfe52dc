using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>The parameters that the verbs of a model share, with their meaning and their checks.</summary>
internal sealed class VerbParameters(ModelPlan model)
{
    private const string Check = VerbPhrases.Services + ".Check";

    private readonly VerbPhrases _text = new(model);
    private readonly string _width = model.Spec.Tokens ? "" : " * InputSize";

    /// <summary>The tape of a private method, checked before.</summary>
    public static Parameter Tape { get; } = new("Tape", "tape");

    /// <summary>The inputs of a private method, checked before or checked by it.</summary>
    public Parameter PlainInputs => new(_text.InputType, "inputs");

    /// <summary>The same for outputs.</summary>
    public IEnumerable<Parameter> PlainOutputs => _text.Outputs.Select(o => new Parameter("global::System.Span<float>", o.Names.Values));

    /// <summary>The same for targets.</summary>
    public IEnumerable<Parameter> PlainTargets => _text.Outputs.Select(o => new Parameter(o.TargetsType, o.Names.Targets));

    public Parameter Stream(Windows windows, bool isStepped = true) => windows == Windows.Single
        ? new("State", "state", "The stream.", "global::System.ArgumentNullException.ThrowIfNull(state);")
        // A batch of gradients has no memory for steps.
        : new("Batch", "batch", "The streams.", ["global::System.ArgumentNullException.ThrowIfNull(batch);", .. isStepped ? [$"{Check}.Stream(batch);"] : new string[0]]);

    /// <summary>What a single step reads.</summary>
    public Parameter StepInput() => model.Spec.Tokens
        ? new("int", "token", "The token, in 0 .. InputSize - 1.", $"{Check}.Token(token, InputSize, \"token\");")
        : new(_text.InputType, "inputs", "[InputSize].", [Length("inputs", "InputSize"), .. FiniteCheck("OfStep(inputs)")]);

    /// <summary>What the steps of several streams read.</summary>
    /// <param name="stream">What a stream is called.</param>
    /// <param name="count">Their number in the generated code.</param>
    /// <param name="before">The statement that finds it out, or none.</param>
    public Parameter StepInputs(string stream, string count, params IEnumerable<string> before)
    {
        string each = model.Spec.Tokens ? $"One token per {stream}, in 0 .. InputSize - 1." : $"[{stream}s x InputSize].";
        return new(_text.InputType, "inputs", each, [.. before, Length("inputs", count + _width), .. TokenCheck(), .. FiniteCheck("OfLanes(inputs, InputSize)")]);
    }

    /// <summary>The inputs of whole windows, and their lengths where they differ.</summary>
    public IReadOnlyList<Parameter> Inputs(Windows windows)
    {
        const string lengthsMeaning = "Number of steps of each lane, 1 to <see cref=\"SequenceLength\"/>; lanes without a length are left unchanged.";
        string each = model.Spec.Tokens ? "1 to <see cref=\"SequenceLength\"/> tokens each" : "each [steps x InputSize], 1 to <see cref=\"SequenceLength\"/> steps";
        string meaning = windows == Windows.Single ? $"{_text.InputShape}." : $"The windows, lane by lane, {each}.";
        string check = windows switch
        {
            Windows.Single => "int steps = CheckInputs(inputs);",
            Windows.Equal => "int steps = CheckInputs(inputs, batch.Lanes);",
            _ => "int total = CheckInputs(inputs, lengths, batch.Lanes);",
        };
        Parameter lengths = new("global::System.ReadOnlySpan<int>", "lengths", lengthsMeaning, check);
        return windows == Windows.Different
            ? [new(_text.InputType, "inputs", meaning), lengths]
            : [new(_text.InputType, "inputs", meaning, check)];
    }

    /// <summary>What takes the outputs of a single step.</summary>
    public IEnumerable<Parameter> StepOutputs() => _text.Outputs.Select(o => Output(o, $"[{o.Names.Size}]", o.Names.Size));

    /// <summary>The same for several streams.</summary>
    /// <param name="stream">What a stream is called.</param>
    /// <param name="count">Their number in the generated code.</param>
    public IEnumerable<Parameter> StepOutputs(string stream, string count) =>
        _text.Outputs.Select(o => Output(o, $"[{stream}s x {o.Names.Size}]", $"{count} * {o.Names.Size}"));

    /// <summary>What a step throws.</summary>
    public IReadOnlyList<(string Type, string When)> StepExceptions =>
    [
        ("ArgumentException", "A span has the wrong length, or spans overlap; nothing was changed."),
        .. model.Spec.Tokens ? [("ArgumentOutOfRangeException", "A token is not in the vocabulary.")] : new (string, string)[0],
        .. model.Spec.NonFinite == NonFiniteKind.Throw ? [("ArgumentOutOfRangeException", "An input is not finite; nothing was changed.")] : new (string, string)[0],
    ];

    /// <summary>What takes the outputs of whole windows.</summary>
    public IEnumerable<Parameter> Outputs(Windows windows) => _text.Outputs.Select(o => windows switch
    {
        Windows.Single => Output(o, o.OutputShape, o.Length),
        Windows.Equal => Output(o, "lane by lane, " + o.OutputShape, $"batch.Lanes * {o.Length}"),
        _ => Output(o, "lane by lane, " + o.OutputShape, $"{(o.IsOnce ? "lengths.Length" : "total")} * {o.Names.Size}"),
    });

    /// <summary>The targets of a window.</summary>
    public IEnumerable<Parameter> Targets(string before = "") => _text.Outputs.Select(o =>
        new Parameter(o.TargetsType, o.Names.Targets, $"{before}{o.TargetShape}.{(_text.Outputs.Count > 1 ? " Empty to leave this head out." : "")}"));

    /// <summary>The targets of several windows with several heads.</summary>
    public static Parameter TargetsOfWindows { get; } = new("global::System.ReadOnlySpan<WindowTargets>", "targets", "One for each lane.");

    /// <summary>Gradients of the outputs, from the user's own loss.</summary>
    public IEnumerable<Parameter> Gradients(bool isBatch) => _text.Outputs.Select(o => new Parameter(
        "global::System.ReadOnlySpan<float>", o.Names.Gradients,
        $"The gradients of the outputs{(o.Names.Head.Length > 0 ? " of " + o.Names.Head : "")}, {(isBatch ? "lane by lane, " : "")}{o.PlainShape}; empty for zeros."));

    /// <summary>What takes a recording.</summary>
    public Parameter Recorder(Windows windows) => windows == Windows.Single
        ? new("Tape", "tape", "Receives the recording for Backward, in place of an earlier one.", "global::System.ArgumentNullException.ThrowIfNull(tape);", $"{Check}.Owner(tape, _weights);")
        : new("Tape", "tape", "Receives the recording for Backward, in place of an earlier one; made by <see cref=\"CreateBatchTape\"/>.",
            "global::System.ArgumentNullException.ThrowIfNull(tape);", $"{Check}.Capacity(tape, _weights, {(windows == Windows.Equal ? "batch.Lanes" : "lengths.Length")});");

    public static string Length(string span, string length) => $"{Check}.Length({span}.Length, {length}, {Literals.Text(span)});";

    /// <summary>Tokens that are in the vocabulary.</summary>
    public IEnumerable<string> TokenCheck() => model.Spec.Tokens ? [$"{Check}.Tokens(inputs, InputSize, \"inputs\");"] : [];

    /// <summary>Inputs that are finite, where others are refused.</summary>
    public IEnumerable<string> FiniteCheck(string call) =>
        model.Spec.NonFinite == NonFiniteKind.Throw ? [$"{VerbPhrases.Services}.FiniteInputs.{call};"] : [];

    private Parameter Output(OutputPhrases output, string shape, string length) => new(
        "global::System.Span<float>", output.Names.Values, $"Outputs, {shape}{output.Meaning}.",
        [Length(output.Names.Values, length), .. model.Spec.Tokens ? [] : new[] { $"{Check}.Apart(inputs, {output.Names.Values});" }]);
}
