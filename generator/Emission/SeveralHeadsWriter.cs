using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints what makes several heads look like one to Fit and Evaluate: a type that holds the targets of a window, and the verbs of the
/// interface, which hand on to those with one argument per head.
/// </summary>
internal sealed class SeveralHeadsWriter(SourceWriter writer, ModelPlan model, string face)
{
    private const string Targets = "global::System.ReadOnlySpan<WindowTargets> targets";
    private const string CheckOne = $"{VerbPhrases.Services}.Check.Length(targets.Length, 1, nameof(targets));";

    private readonly VerbPhrases _text = new(model);

    private string Arguments => string.Join(", ", _text.Outputs.Select(o => $"targets[0].{o.Member}.Span"));

    public void Write()
    {
        WriteTargets();
        WriteVerb($"void {face}.CheckWindow({_text.Inputs}, {Targets})", [CheckOne, .. _text.CheckWindow(Arguments)]);
        WriteVerb($"float {face}.Backward(Tape tape, {Targets})", [CheckOne, $"return Backward(tape, {Arguments});"]);
        WriteVerb(
            $"global::RnnGen.Score {face}.Evaluate(State state, {_text.Inputs}, {Targets})",
            [
                CheckOne,
                $"var scores = Evaluate(state, inputs, {Arguments});",
                $"return new({string.Join(" + ", _text.Outputs.Select((o, k) => $"(scores.Item{k + 1}.LossSum * scores.Item{k + 1}.Share({Literals.Float(o.Weight)}))"))}, 1, 0);",
            ]);
        WriteVerb($"void {face}.Forward(State state, {_text.Inputs}, global::System.Span<float> outputs)", [.. Forward()]);
    }

    private void WriteTargets()
    {
        writer.Line("/// <summary>The targets of one window, of all heads.</summary>");
        foreach (OutputPhrases output in _text.Outputs)
        {
            writer.Line($"/// <param name=\"{output.Targets}\">{output.TargetShape}. Empty leaves this head out.</param>");
        }

        using (writer.Open($"public readonly struct WindowTargets({string.Join(", ", _text.Outputs.Select(o => $"{Memory(o)} {o.Targets}"))})"))
        {
            foreach (OutputPhrases output in _text.Outputs)
            {
                writer.Line($"internal {Memory(output)} {output.Member} => {output.Targets};");
            }
        }

        writer.Line();

        static string Memory(OutputPhrases output) => $"global::System.ReadOnlyMemory<{output.Target}>";
    }

    /// <summary>The outputs of the heads one after the other.</summary>
    private IEnumerable<string> Forward()
    {
        yield return "int steps = CheckInputs(inputs);";
        yield return $"{VerbPhrases.Services}.Check.Length(outputs.Length, {Sum(_text.Outputs.Count)}, nameof(outputs));";
        yield return $"Forward(state, inputs, {string.Join(", ", _text.Outputs.Select((o, k) => $"outputs.Slice({Sum(k)}, {o.Length})"))});";

        string Sum(int count) => count switch
        {
            0 => "0",
            1 => _text.Outputs[0].Length,
            _ => string.Join(" + ", _text.Outputs.Take(count).Select(o => o.IsOnce ? o.Length : $"({o.Length})")),
        };
    }

    private void WriteVerb(string declaration, string[] lines)
    {
        using (writer.Open(declaration))
        {
            foreach (string line in lines)
            {
                writer.Line(line);
            }
        }

        writer.Line();
    }
}
