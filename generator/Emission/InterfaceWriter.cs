using RnnGen.Generator.Planning;

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

    private readonly VerbPhrases _text = new(model);

    /// <summary>The interfaces of the class.</summary>
    public string List => string.Join(", ", Names());

    private string Self => model.Spec.Target.Self;

    private string Factory => $"{Runtime}IRnnModelFactory<{Self}>";

    private string StreamingModel => $"{Runtime}IRnnStreamingModel<{_text.Input}>";

    private string StreamingBatchModel => $"{Runtime}IRnnStreamingBatchModel<{_text.Input}>";

    public void Write()
    {
        writer.Line("// For code that knows the model by its interfaces.");
        foreach ((string type, string name) in new[] { ("int", "InputSize"), ("int", "OutputSize"), ("int", "SequenceLength"), ("long", "ParameterCount") })
        {
            writer.Line($"{type} {AnyModel}.{name} => {name};");
        }

        writer.Line($"{VerbPhrases.Services}.ModelWeights {AnyModel}.Weights => _weights;");
        writer.Line($"int {AnyModel}.GetOutputLength(int steps) => {_text.OutputsLength("steps", "1")};");
        writer.Line($"{AnyModel} {AnyModel}.Copy() => Clone();");
        if (model.Batch is not null)
        {
            writer.Line($"int {Runtime}IRnnBatchModel<{_text.Input}>.BatchSize => BatchSize;");
        }

        if (model.HasHead)
        {
            writer.Line($"int {AnyModel}<{_text.DataTypes}>.GetTargetLength(int steps) => {(_text.Outputs.Count == 1 ? _text.Outputs[0].TargetLength : "1")};");
        }

        writer.Line();
        if (model.HasHead && _text.Outputs.Count == 1)
        {
            writer.Method($"void {AnyModel}<{_text.DataTypes}>.CheckWindow({_text.Inputs}, {_text.TargetParameters})", _text.CheckWindow(_text.TargetArguments));
        }

        if (!model.NeedsWholeWindow)
        {
            WriteStep(StreamingModel, "State", "state", "1");
            if (model.Batch is not null)
            {
                WriteStep(StreamingBatchModel, "Batch", "batch", "own.Lanes");
            }
        }

        writer.Method($"static {Self} {Factory}.Create(int seed)", [$"var model = new {Self}(BuildWeights());", "model._weights.Initialize(seed);", "return model;"]);
    }

    private IEnumerable<string> Names()
    {
        var typed = new TypedInterfaces(model);
        yield return model.HasHead ? typed.HeadModel : typed.Model;
        if (model.Batch is not null)
        {
            yield return model.HasHead ? typed.BatchHeadModel : typed.BatchModel;
        }

        if (!model.NeedsWholeWindow)
        {
            yield return model.Batch is null ? StreamingModel : StreamingBatchModel;
        }

        yield return Factory;
    }

    /// <summary>Step takes no detour by a typed interface: that costs 3 to 5 ns, a tenth of the step of a small model.</summary>
    private void WriteStep(string type, string memory, string name, string rows)
    {
        string own = $"{Check}.Own<{memory}>({name}, \"{name}\")";
        string input = model.Spec.Tokens && memory == "State" ? "inputs[0]" : "inputs";
        var lines = new List<string>();
        if (input != "inputs")
        {
            lines.Add($"{Check}.Length(inputs.Length, 1, \"inputs\");");
        }

        string outputs = "outputs";
        if (_text.Outputs.Count > 1)
        {
            lines.Add($"{memory} own = {own};");
            lines.Add($"{Check}.Length(outputs.Length, {_text.OutputsLength(rows, rows)}, \"outputs\");");
            own = "own";
            outputs = string.Join(", ", _text.PartsOf("outputs", rows, rows));
        }

        lines.Add($"Step({own}, {input}, {outputs});");
        writer.Method($"void {type}.Step({Runtime}{memory} {name}, {_text.Inputs}, global::System.Span<float> outputs)", lines);
    }
}
