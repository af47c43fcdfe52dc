using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints the list of the interfaces that a model implements, and those of their members that are not verbs of the class itself. States, tapes and
/// batches are passed as their base classes, and the outputs of several heads are concatenated.
/// </summary>
internal sealed class InterfaceWriter(SourceWriter writer, ModelPlan model)
{
    private const string Runtime = "global::RnnGen.";
    private const string Check = VerbPhrases.Services + ".Check.";
    private const string Outputs = "global::System.Span<float> outputs";
    private const string Gradients = "global::System.ReadOnlySpan<float> outputGradients";
    private const string Lengths = "global::System.ReadOnlySpan<int> lengths";
    private const string AnyModel = Runtime + "IRnnModel";

    private static readonly string OwnState = Own("State", "state");
    private static readonly string OwnTape = Own("Tape", "tape");
    private static readonly string OwnBatch = Own("Batch", "batch");

    private readonly VerbPhrases _text = new(model);

    /// <summary>The interfaces of the class.</summary>
    public string List => string.Join(", ", Names().Append($"{Runtime}IRnnModelFactory<{Self}>"));

    private string Self => model.Spec.Target.Self;

    private string Model => $"{AnyModel}<{_text.Input}>";

    private string HeadModel => $"{AnyModel}<{_text.DataTypes}>";

    private string StreamingModel => $"{Runtime}IRnnStreamingModel<{_text.Input}>";

    private string BatchModel => $"{Runtime}IRnnBatchModel<{_text.Input}>";

    private string BatchHeadModel => $"{Runtime}IRnnBatchModel<{_text.DataTypes}>";

    private string StreamingBatchModel => $"{Runtime}IRnnStreamingBatchModel<{_text.Input}>";

    private string Inputs => _text.Inputs;

    private string Targets => _text.Outputs.Count == 1 ? _text.TargetParameters : SeveralHeadsWriter.Targets;

    public void Write()
    {
        writer.Line("// For code that knows the model by its interfaces.");
        WriteModel();
        WriteWindows();
        if (model.HasHead)
        {
            WriteHead();
        }

        if (model.Batch is not null)
        {
            WriteBatches();
        }

        using (Open($"static {Self} {Runtime}IRnnModelFactory<{Self}>.Create(int seed)"))
        {
            writer.Line($"var model = new {Self}(BuildWeights());");
            writer.Line("model._weights.Initialize(seed);");
            writer.Line("return model;");
        }

        writer.Line();
    }

    private IEnumerable<string> Names()
    {
        bool isBatch = model.Batch is not null;
        if (model.HasHead)
        {
            yield return isBatch ? BatchHeadModel : HeadModel;
        }

        if (!model.NeedsWholeWindow)
        {
            yield return isBatch ? StreamingBatchModel : StreamingModel;
        }
        else if (!model.HasHead)
        {
            yield return isBatch ? BatchModel : Model;
        }
    }

    private void WriteModel()
    {
        foreach ((string type, string name) in new[] { ("int", "InputSize"), ("int", "OutputSize"), ("int", "SequenceLength"), ("long", "ParameterCount") })
        {
            writer.Line($"{type} {AnyModel}.{name} => {name};");
        }

        writer.Line($"{VerbPhrases.Services}.ModelWeights {AnyModel}.Weights => _weights;");
        writer.Line($"int {AnyModel}.GetInputLength(int steps) => {(model.Spec.Tokens ? "steps" : "steps * InputSize")};");
        writer.Line($"int {AnyModel}.GetOutputLength(int steps) => {Sum(o => o.Length, _text.Outputs.Count)};");
        writer.Line($"{Runtime}State {AnyModel}.CreateState() => CreateState();");
        writer.Line($"{Runtime}Tape {AnyModel}.CreateTape() => CreateTape();");
        writer.Line($"{AnyModel} {AnyModel}.Copy() => Clone();");
        WriteBackward(AnyModel, "State");
    }

    private void WriteWindows()
    {
        string start = $"void {Model}.Forward({Runtime}State state, {Inputs}";
        string[] lines = ["int steps = CheckInputs(inputs);"];
        WriteVerb($"{start}, {Outputs})", lines, "Forward", [OwnState, "inputs"], o => o.Length);
        writer.Line($"{start}, {Runtime}Tape tape) => Forward({OwnState}, inputs, {OwnTape});");
        WriteVerb($"{start}, {Outputs}, {Runtime}Tape tape)", lines, "Forward", [OwnState, "inputs"], o => o.Length, OwnTape);
        if (model.NeedsWholeWindow)
        {
            return;
        }

        string step = $"void {StreamingModel}.Step({Runtime}State state, {Inputs}, {Outputs})";
        if (model.Spec.Tokens)
        {
            using (Open(step))
            {
                writer.Line($"{Check}Length(inputs.Length, 1, \"inputs\");");
                WriteCall([], "Step", [OwnState, "inputs[0]"], o => o.Size);
            }
        }
        else
        {
            WriteVerb(step, [], "Step", [OwnState, "inputs"], o => o.Size);
        }
    }

    private void WriteHead()
    {
        OutputPhrases first = _text.Outputs[0];
        bool isOnly = _text.Outputs.Count == 1;
        writer.Line($"int {HeadModel}.GetTargetLength(int steps) => {(isOnly ? first.TargetLength : "1")};");
        string window = $"void {HeadModel}.CheckWindow({Inputs}, {Targets})";
        string backward = $"float {HeadModel}.Backward({Runtime}Tape tape, {Targets})";
        string evaluate = $"{Runtime}Score {HeadModel}.Evaluate({Runtime}State state, {Inputs}, {Targets})";
        if (isOnly)
        {
            WriteBody(window, _text.CheckWindow(_text.TargetArguments));
            writer.Line($"{backward} => Backward({OwnTape}, targets);");
            writer.Line($"{evaluate} => Evaluate({OwnState}, inputs, targets);");
            return;
        }

        string checkOne = $"{Check}Length(targets.Length, 1, \"targets\");";
        string targets = SeveralHeadsWriter.Arguments(_text, "0");
        WriteBody(window, [checkOne, .. _text.CheckWindow(targets)]);
        WriteBody(backward, model.Batch is null
            ? [checkOne, $"return Backward({OwnTape}, {targets});"]
            :
            [
                $"Tape own = {OwnTape};",
                $"if ({VerbPhrases.Memory}.HoldsBatch(own))",
                "{",
                "    return BackwardOfBatch(own, targets);",
                "}",
                "",
                checkOne,
                $"return Backward(own, {targets});",
            ]);
        WriteBody(evaluate,
        [
            checkOne,
            $"var scores = Evaluate({OwnState}, inputs, {targets});",
            $"return {SeveralHeadsWriter.WindowScore(_text.Outputs, k => $"scores.Item{k + 1}")};",
        ]);
    }

    private void WriteBatches()
    {
        writer.Line($"int {BatchModel}.BatchSize => BatchSize;");
        writer.Line($"{Runtime}Batch {BatchModel}.CreateBatch(int lanes) => CreateBatch(lanes);");
        writer.Line($"{Runtime}Tape {BatchModel}.CreateBatchTape() => CreateBatchTape();");
        foreach (bool hasLengths in new[] { false, true })
        {
            string start = $"void {BatchModel}.Forward({Runtime}Batch batch, {Inputs}{(hasLengths ? $", {Lengths}" : "")}";
            string[] arguments = hasLengths ? [OwnBatch, "inputs", "lengths"] : [OwnBatch, "inputs"];
            string[] lines = hasLengths
                ? ["global::System.ArgumentNullException.ThrowIfNull(batch);", $"int steps = CheckInputs(inputs, lengths, batch.Lanes);", "int lanes = lengths.Length;"]
                : ["global::System.ArgumentNullException.ThrowIfNull(batch);", "int lanes = batch.Lanes;", "int steps = lanes * CheckInputs(inputs, lanes);"];
            WriteVerb($"{start}, {Outputs})", lines, "Forward", arguments, OfBatch);
            writer.Line($"{start}, {Runtime}Tape tape) => Forward({string.Join(", ", arguments)}, {OwnTape});");
            WriteVerb($"{start}, {Outputs}, {Runtime}Tape tape)", lines, "Forward", arguments, OfBatch, OwnTape);
        }

        WriteBackward(BatchModel, "Batch");
        if (model.HasHead)
        {
            writer.Line($"{Runtime}Score {BatchHeadModel}.Evaluate({Runtime}Batch batch, {Inputs}, {Lengths}, {Targets}) => Evaluate({OwnBatch}, inputs, lengths, targets);");
        }

        if (!model.NeedsWholeWindow)
        {
            string[] lines = ["global::System.ArgumentNullException.ThrowIfNull(batch);", "int lanes = batch.Lanes;"];
            WriteVerb($"void {StreamingBatchModel}.Step({Runtime}Batch batch, {Inputs}, {Outputs})", lines, "Step", [OwnBatch, "inputs"], o => $"lanes * {o.Size}");
        }
    }

    /// <summary>Backward from gradients, with gradients of the final states of a stream or of a batch.</summary>
    private void WriteBackward(string type, string memory)
    {
        string states = $"{Check}OwnOrNone<{memory}>(finalStateGradients, \"finalStateGradients\")";
        string declaration = $"void {type}.Backward({Runtime}Tape tape, {Gradients}, {Runtime}{memory}? finalStateGradients)";
        bool isBatch = memory == "Batch";
        if (_text.Outputs.Count == 1 && !isBatch)
        {
            writer.Line($"{declaration} => Backward({OwnTape}, outputGradients, {states});");
            return;
        }

        using (Open(declaration))
        {
            if (isBatch)
            {
                // The tape may hold a window or a batch.
                using (writer.Open("if (finalStateGradients is null)"))
                {
                    writer.Line($"(({AnyModel})this).Backward(tape, outputGradients, (State?)null);");
                    writer.Line("return;");
                }

                writer.Line();
            }

            if (_text.Outputs.Count == 1)
            {
                writer.Line($"Backward({OwnTape}, outputGradients, {states});");
                return;
            }

            writer.Line($"Tape own = {OwnTape};");
            writer.Line($"{Check}Recorded(own, _weights);");
            using (writer.Open("if (outputGradients.IsEmpty)"))
            {
                writer.Line($"Backward(own, {string.Join(", ", _text.Outputs.Select(_ => "default"))}, {states});");
                writer.Line("return;");
            }

            writer.Line();
            bool isOnceAny = _text.Outputs.Any(o => o.IsOnce);
            writer.Line($"int steps = {VerbPhrases.Memory}.TotalSteps(own);");
            if (isOnceAny)
            {
                writer.Line($"int lanes = {VerbPhrases.Memory}.Lanes(own);");
            }

            writer.Line($"{Check}Length(outputGradients.Length, {Sum(OfBatch, _text.Outputs.Count)}, \"outputGradients\");");
            writer.Line($"Backward(own, {string.Join(", ", Pieces("outputGradients", OfBatch))}, {states});");
        }
    }

    /// <summary>A verb with outputs: those of the only head are passed on, those of several are sliced.</summary>
    private void WriteVerb(string declaration, string[] lines, string verb, string[] before, Func<OutputPhrases, string> length, params string[] after)
    {
        if (_text.Outputs.Count == 1)
        {
            writer.Line($"{declaration} => {verb}({string.Join(", ", [.. before, "outputs", .. after])});");
            return;
        }

        using (Open(declaration))
        {
            WriteCall(lines, verb, before, length, after);
        }
    }

    private void WriteCall(string[] lines, string verb, string[] before, Func<OutputPhrases, string> length, params string[] after)
    {
        if (_text.Outputs.Count == 1)
        {
            writer.Line($"{verb}({string.Join(", ", [.. before, "outputs", .. after])});");
            return;
        }

        writer.Lines(lines);

        writer.Line($"{Check}Length(outputs.Length, {Sum(length, _text.Outputs.Count)}, \"outputs\");");
        writer.Line($"{verb}({string.Join(", ", [.. before, .. Pieces("outputs", length), .. after])});");
    }

    private void WriteBody(string declaration, IEnumerable<string> lines)
    {
        using (Open(declaration))
        {
            writer.Lines(lines);
        }
    }

    private SourceWriter.Block Open(string declaration)
    {
        writer.Line();
        return writer.Open(declaration);
    }

    private static string Own(string type, string name) => $"{Check}Own<{type}>({name}, \"{name}\")";

    /// <summary>The outputs of all lanes: <c>steps</c> counts those of all windows together.</summary>
    private static string OfBatch(OutputPhrases output) => $"{(output.IsOnce ? "lanes" : "steps")} * {output.Size}";

    private IEnumerable<string> Pieces(string span, Func<OutputPhrases, string> length) =>
        _text.Outputs.Select((output, k) => $"{span}.Slice({Sum(length, k)}, {length(output)})");

    /// <summary>The length of the first few outputs.</summary>
    private string Sum(Func<OutputPhrases, string> length, int count) => count switch
    {
        0 => "0",
        1 => length(_text.Outputs[0]),
        _ => string.Join(" + ", _text.Outputs.Take(count).Select(o => length(o) is string text && text.Contains('*') ? $"({text})" : length(o))),
    };
}
