using RnnGen.Generator.Emission.Verbs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints what lets code treat several heads as one: a type for the targets of a window, and the members of interfaces with outputs of all heads in one
/// span, one behind the other.
/// </summary>
internal sealed class SeveralHeadsWriter(SourceWriter writer, ModelPlan model)
{
    private const string Check = VerbPhrases.Services + ".Check";
    private const string WindowTargets = VerbPhrases.Services + ".IWindowTargets";
    private const string Lengths = "global::System.ReadOnlySpan<int> lengths";
    private const string Outputs = "global::System.Span<float> outputs";
    private const string CheckOne = Check + ".Length(targets.Length, 1, \"targets\");";
    private static readonly string Targets = VerbParameters.TargetsOfWindows.Declaration;

    private readonly VerbPhrases _text = new(model);
    private readonly TypedInterfaces _typed = new(model);

    /// <summary>The score of a window, given those of its heads.</summary>
    public static string WindowScore(IReadOnlyList<OutputPhrases> outputs, Func<int, string> head) => outputs.Count == 1
        ? head(0)
        : "default(global::RnnGen.Score)" + string.Concat(outputs.Select((o, k) => $"\n    .WithHead({head(k)}, {Literals.Float(o.Weight)})"));

    /// <summary>The targets of one of several windows, as arguments.</summary>
    public static string Arguments(VerbPhrases text, string window) => string.Join(", ", text.Outputs.Select(o => o.TargetsIn(window)));

    public void Write()
    {
        WriteTargets();
        writer.Line("// All heads as one, for code that knows the model by its interfaces: their outputs stand one behind the other.");
        WriteOfTargets();
        WriteOfOutputs();
        WriteOfGradients(_typed.Model, isBatch: false);
        if (model.Batch is not null)
        {
            WriteOfGradients(_typed.BatchModel, isBatch: true);
        }
    }

    private void WriteOfTargets()
    {
        string targets = Arguments(_text, "0");
        writer.Method($"void global::RnnGen.IRnnModel<{_text.DataTypes}>.CheckWindow({_text.Inputs}, {Targets})", [CheckOne, .. _text.CheckWindow(targets)]);
        writer.Method($"float {_typed.HeadModel}.Backward(Tape tape, {Targets})",
        [
            .. model.Batch is null ? [] : new[] { $"if ({VerbPhrases.Memory}.HoldsBatch(tape))", "{", "    return BackwardOfBatch(tape, targets);", "}", "" },
            CheckOne,
            $"return Backward(tape, {targets});",
        ]);
        writer.Method($"global::RnnGen.Score {_typed.HeadModel}.Evaluate(State state, {_text.Inputs}, {Targets})",
        [
            CheckOne,
            $"var scores = Evaluate(state, inputs, {targets});",
            $"return {WindowScore(_text.Outputs, k => $"scores.Item{k + 1}")};",
        ]);
        writer.Method($"void global::RnnGen.IRnnModel<{_text.DataTypes}>.EvaluateHeads(global::RnnGen.State state, {_text.Inputs}, {Targets}, global::System.Span<global::RnnGen.Score> scores)",
        [
            CheckOne,
            $"({string.Join(", ", _text.Outputs.Select((_, k) => $"scores[{k}]"))}) = Evaluate({Check}.Own<State>(state, \"state\"), inputs, {targets});",
        ]);
    }

    private void WriteOfOutputs()
    {
        WriteForward(_typed.Model, ["State state", _text.Inputs, Outputs], "1", "CheckInputs(inputs)");
        if (model.Batch is not null)
        {
            WriteForward(_typed.BatchModel, ["Batch batch", _text.Inputs, Outputs], "batch.Lanes", "batch.Lanes * CheckInputs(inputs, batch.Lanes)");
            WriteForward(_typed.BatchModel, ["Batch batch", _text.Inputs, Lengths, Outputs], "lengths.Length", "CheckInputs(inputs, lengths, batch.Lanes)");
        }
    }

    /// <summary>Forward that gives each head its part of the outputs, without and with a tape.</summary>
    /// <param name="type">The interface.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="lanes">Number of windows.</param>
    /// <param name="steps">Number of steps of all windows together.</param>
    private void WriteForward(string type, string[] parameters, string lanes, string steps)
    {
        foreach (string[] all in new[] { parameters, [.. parameters, "Tape tape"] })
        {
            IEnumerable<string> arguments = all.SelectMany(
                p => p == Outputs ? _text.PartsOf("outputs", "steps", lanes) : [p.Substring(p.LastIndexOf(' ') + 1)]);
            writer.Method($"void {type}.Forward({string.Join(", ", all)})",
            [
                .. _text.TargetsHaveSteps ? [$"int steps = {steps};"] : new string[0],
                $"{Check}.Length(outputs.Length, {_text.OutputsLength("steps", lanes)}, \"outputs\");",
                $"Forward({string.Join(", ", arguments)});",
            ]);
        }
    }

    /// <summary>Backward that gives each head its part of the gradients.</summary>
    private void WriteOfGradients(string type, bool isBatch)
    {
        IEnumerable<string> parts = _text.PartsOf("outputGradients", "steps", "lanes").Select(part => $"outputGradients.IsEmpty ? default : {part}");
        string parameters = $"Tape tape, global::System.ReadOnlySpan<float> outputGradients, {(isBatch ? "Batch" : "State")}? finalStateGradients";
        writer.Method($"void {type}.Backward({parameters})",
        [
            $"{Check}.Recorded{(isBatch ? "Batch" : "")}(tape, _weights);",
            .. _text.TargetsHaveSteps ? [$"int steps = {VerbPhrases.Memory}.TotalSteps(tape);"] : new string[0],
            .. _text.Outputs.Any(o => o.IsOnce) ? [$"int lanes = {VerbPhrases.Memory}.Lanes(tape);"] : new string[0],
            $"{Check}.LengthOrNone(outputGradients.Length, {_text.OutputsLength("steps", "lanes")}, \"outputGradients\");",
            $"Backward(tape, {string.Join(", ", parts)}, finalStateGradients);",
        ]);
    }

    private void WriteTargets()
    {
        writer.Line("/// <summary>The targets of one window for all heads. They are read when the window is trained on or evaluated, so two windows must not share memory.</summary>");
        writer.Lines(_text.Outputs.Select(o => $"/// <param name=\"{o.Names.Targets}\">{o.TargetShape}. Empty to leave this head out.</param>"));
        writer.Block(
            $"public readonly struct WindowTargets({string.Join(", ", _text.Outputs.Select(o => $"{Memory(o)} {o.Names.Targets}"))}) : {WindowTargets}",
            [.. _text.Outputs.Select(o => $"internal {Memory(o)} {o.Member} => {o.Names.Targets};"), Find("int", "Classes"), Find("float", "Numbers")]);

        static string Memory(OutputPhrases output) => $"global::System.ReadOnlyMemory<{output.Target}>";

        string Find(string type, string member)
        {
            IEnumerable<string> found = _text.Outputs.Select((o, k) => o.Target == type ? $"{k} => {o.Names.Targets}.Span, " : "");
            return $"global::System.ReadOnlySpan<{type}> {WindowTargets}.{member}(int head) => head switch {{ {string.Concat(found)}_ => default }};";
        }
    }
}
