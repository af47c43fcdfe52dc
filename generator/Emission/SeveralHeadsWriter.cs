using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints what makes several heads look like one to Fit and Evaluate: a type that holds the targets of a window, and the verbs of the
/// interface, which hand on to those with one argument per head.
/// </summary>
internal sealed class SeveralHeadsWriter(SourceWriter writer, ModelPlan model, string face)
{
    /// <summary>The parameter with the targets of some windows.</summary>
    public const string Targets = "global::System.ReadOnlySpan<WindowTargets> targets";
    private const string CheckOne = $"{VerbPhrases.Services}.Check.Length(targets.Length, 1, \"targets\");";

    private readonly VerbPhrases _text = new(model);

    /// <summary>The score of a window, given those of its heads.</summary>
    public static string WindowScore(IEnumerable<OutputPhrases> outputs, Func<int, string> head) =>
        "default(global::RnnGen.Score)" + string.Concat(outputs.Select((o, k) => $".WithHead({head(k)}, {Literals.Float(o.Weight)})"));

    public void Write()
    {
        WriteTargets();
        WriteVerb($"void {face}.CheckWindow({_text.Inputs}, {Targets})", [CheckOne, .. _text.CheckWindow(Arguments("0"))]);
        WriteBackward();
        WriteVerb(
            $"global::RnnGen.Score {face}.Evaluate(State state, {_text.Inputs}, {Targets})",
            [
                CheckOne,
                $"var scores = Evaluate(state, inputs, {Arguments("0")});",
                $"return {WindowScore(_text.Outputs, k => $"scores.Item{k + 1}")};",
            ]);
        WriteVerb($"void {face}.Forward(State state, {_text.Inputs}, global::System.Span<float> outputs)", [.. Forward()]);
    }

    private string Arguments(string window) => string.Join(", ", _text.Outputs.Select(o => $"targets[{window}].{o.Member}.Span"));

    /// <summary>Of a batch, each lane has its targets.</summary>
    private void WriteBackward()
    {
        string declaration = $"float {face}.Backward(Tape tape, {Targets})";
        if (model.Batch is null)
        {
            WriteVerb(declaration, [CheckOne, $"return Backward(tape, {Arguments("0")});"]);
            return;
        }

        using (writer.Open(declaration))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            using (writer.Open("if (!tape.HoldsBatch)"))
            {
                writer.Line(CheckOne);
                writer.Line($"return Backward(tape, {Arguments("0")});");
            }

            writer.Line();
            writer.Line("tape.MustHoldWindow(this);");
            writer.Line($"{VerbPhrases.Services}.BatchRows rows = tape.Rows;");
            writer.Line("CheckBatchTargets(rows, targets);");
            writer.Line("global::RnnGen.Score score = default;");
            using (writer.Open("for (int lane = 0; lane < rows.Lanes; lane++)"))
            {
                writer.Line($"score += LossOfLane(tape, lane, {Arguments("rows.Lane(lane)")});");
            }

            writer.Line();
            writer.Line("BackThroughBatch(tape, null);");
            writer.Line("return tape.Add(score);");
        }

        writer.Line();
        using (writer.Open($"private static void CheckBatchTargets({VerbPhrases.Services}.BatchRows rows, {Targets})"))
        {
            writer.Line($"{VerbPhrases.Services}.Check.Length(targets.Length, rows.Lanes, \"targets\");");
            using (writer.Open("for (int lane = 0; lane < rows.Lanes; lane++)"))
            {
                writer.Line($"CheckTargets({Arguments("rows.Lane(lane)")}{(_text.TargetsHaveSteps ? ", rows.Length(lane)" : "")});");
            }
        }

        writer.Line();
    }

    private void WriteTargets()
    {
        writer.Line("/// <summary>The targets of one window, of all heads. They are read when the window is trained on or scored, together with others: no two windows may use the same memory.</summary>");
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
        yield return $"{VerbPhrases.Services}.Check.Length(outputs.Length, {Sum(_text.Outputs.Count)}, \"outputs\");";
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
