using RnnGen.Generator.Emission.Verbs;
using RnnGen.Generator.Planning;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints the list of the interfaces that a model implements, and those of their members that are not verbs of the class itself: all others are default
/// members of the typed interfaces, which check that states, tapes and batches are the model's own.
/// </summary>
internal sealed class InterfaceWriter(SourceWriter writer, ModelPlan model)
{
    private const string Runtime = "global::RnnGen.";
    private const string AnyModel = Runtime + "IRnnModel";
    private const string Check = VerbPhrases.Services + ".Check";
    private const string Outputs = "global::System.Span<float> outputs";
    private const string Gradients = "global::System.ReadOnlySpan<float> outputGradients";

    private readonly VerbPhrases _text = new(model);
    private readonly TypedInterfaces _typed = new(model);

    /// <summary>The interfaces of the class.</summary>
    public string List => string.Join(", ", (string[])
    [
        model.HasHead ? _typed.HeadModel : _typed.Model,
        .. model.Batch is null ? [] : new[] { model.HasHead ? _typed.BatchHeadModel : _typed.BatchModel },
        .. model.NeedsWholeWindow ? [] : new[] { model.Batch is null ? StreamingModel : StreamingBatchModel },
        Factory,
    ]);

    private string Self => model.Spec.Target.Self;

    private string Factory => $"{Runtime}IRnnModelFactory<{Self}>";

    private string HeadModel => $"{AnyModel}<{_text.DataTypes}>";

    private string StreamingModel => $"{Runtime}IRnnStreamingModel<{_text.Input}>";

    private string StreamingBatchModel => $"{Runtime}IRnnStreamingBatchModel<{_text.Input}>";

    public void Write()
    {
        bool isSingle = _text.Outputs.Count == 1;
        writer.Lines(
        [
            "// For code that knows the model by its interfaces.",
            $"int {AnyModel}.InputSize => InputSize;",
            $"int {AnyModel}.OutputSize => OutputSize;",
            $"int {AnyModel}.SequenceLength => SequenceLength;",
            $"long {AnyModel}.ParameterCount => ParameterCount;",
            $"{VerbPhrases.Services}.ModelWeights {AnyModel}.Weights => _weights;",
            $"int {AnyModel}.GetOutputLength(int steps) => {_text.OutputsLength("steps", "1")};",
            $"{AnyModel} {AnyModel}.Copy() => Clone();",
            .. model.Batch is null ? [] : new[] { $"int {Runtime}IRnnBatchModel<{_text.Input}>.BatchSize => BatchSize;" },
            .. !model.HasHead ? [] : new[] { $"int {HeadModel}.GetTargetLength(int steps) => {(isSingle ? _text.Outputs[0].TargetLength : "1")};" },
            .. !isSingle || !_text.Outputs[0].IsOfWindow ? [] : new[] { $"void {HeadModel}.CopyTargets({_text.TargetParameters}, global::System.Span<int> places) => {_text.Outputs[0].LossOfHead}.Copy(targets, places);" },
            "",
        ]);
        if (model.HasHead && isSingle)
        {
            writer.Method($"void {HeadModel}.CheckWindow({_text.Inputs}, {_text.TargetParameters})", _text.CheckWindow(_text.TargetArguments));
        }

        writer.Lines(isSingle ? Windows() : []);
        if (_text.Outputs.Any(o => o.HasLogits))
        {
            WriteLogits(isSingle ? ["logits"] : [.. _text.PartsOf("logits", "steps", "1")]);
        }

        if (!model.NeedsWholeWindow)
        {
            WriteStep(StreamingModel, "State", "state", "1");
            writer.Line($"{Runtime}State[] {StreamingModel}.CreateStates(int count) => CreateStates(count);");
            WriteStepOfMany();
            if (model.Batch is not null)
            {
                WriteStep(StreamingBatchModel, "Batch", "batch", "own.Lanes");
            }
        }

        writer.Method($"static {Self} {Factory}.CreateUninitialized()", ["new(BuildWeights());"]);
    }

    /// <summary>Windows of a stream take no detour by a typed interface, which costs 10 ns: a tenth of a short one of a small model.</summary>
    private IEnumerable<string> Windows()
    {
        const string tape = $"{Runtime}Tape tape";
        string ownTape = Own("Tape", "tape");
        string forward = $"void {AnyModel}<{_text.Input}>.Forward({Runtime}State state, {_text.Inputs}";
        return
        [
            $"{forward}, {Outputs}) => Forward({Own("State", "state")}, inputs, outputs);",
            $"{forward}, {tape}) => Forward({Own("State", "state")}, inputs, {ownTape});",
            $"void {AnyModel}.Backward({tape}, {Gradients}, {Runtime}State? finalStateGradients) =>\n    Backward({ownTape}, outputGradients, {Check}.OwnOrNone<State>(finalStateGradients, \"finalStateGradients\"));",
            "",
        ];
    }

    /// <summary>Nor does a step: 3 to 5 ns.</summary>
    private void WriteStep(string type, string memory, string name, string rows)
    {
        bool isToken = model.Spec.Tokens && memory == "State";
        bool isSingle = _text.Outputs.Count == 1;
        string own = Own(memory, name);
        writer.Method($"void {type}.Step({Runtime}{memory} {name}, {_text.Inputs}, {Outputs})",
        [
            .. !isToken ? [] : new[] { $"{Check}.Length(inputs.Length, 1, \"inputs\");" },
            .. isSingle ? [] : new[] { $"{memory} own = {own};" },
            .. StepOutputs(rows, $"Step({(isSingle ? own : "own")}, {(isToken ? "inputs[0]" : "inputs")}"),
        ]);
    }

    private void WriteStepOfMany() => writer.Method(
        $"void {StreamingModel}.Step(global::System.ReadOnlySpan<{Runtime}State> states, {_text.Inputs}, {Outputs})",
        [.. StepOutputs("states.Length", $"Step({Check}.Own<State>(states), inputs")]);

    /// <summary>The end of a call of Step: the outputs, of which several heads have a part each.</summary>
    private IEnumerable<string> StepOutputs(string rows, string call) => _text.Outputs.Count == 1
        ? [call + ", outputs);"]
        :
        [
            $"{Check}.Length(outputs.Length, {_text.OutputsLength(rows, rows)}, \"outputs\");",
            $"{call}, {string.Join(", ", _text.PartsOf("outputs", rows, rows))});",
        ];

    /// <summary>Forward without the activations of heads that have logits.</summary>
    /// <param name="targets">Where those of each head go.</param>
    private void WriteLogits(string[] targets)
    {
        using (writer.Open($"void {AnyModel}<{_text.Input}>.ForwardLogits({Runtime}State stream, {_text.Inputs}, global::System.Span<float> logits)"))
        {
            var stepping = new Stepping(model, isBatch: false);
            writer.Lines(
            [
                $"State state = {Check}.Own<State>(stream, \"state\");",
                "int steps = CheckInputs(inputs);",
                $"{Check}.Length(logits.Length, {_text.OutputsLength("steps", "1")}, \"logits\");",
                .. model.Spec.Tokens ? [] : new[] { $"{Check}.Apart(inputs, logits);" },
            ]);
            stepping.WriteStart(writer);
            stepping.WriteWindows(writer, new OutputUse((o, values) => o.CopyLogits(values, Row(o)), o => o.CopyAllLogits(Part(o))));
        }

        writer.Line();

        string Part(OutputPhrases output) => targets[_text.Outputs.TakeWhile(o => o.Names.Head != output.Names.Head).Count()];

        string Row(OutputPhrases output) => output.StepRow is Index row ? $"{Part(output)}.Slice({row * output.Names.Size}, {output.Names.Size})" : Part(output);
    }

    private static string Own(string type, string name) => $"{Check}.Own<{type}>({name}, \"{name}\")";
}
