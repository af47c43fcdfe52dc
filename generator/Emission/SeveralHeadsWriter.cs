using RnnGen.Generator.Emission.Verbs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints what makes several heads look like one to Fit and Evaluate: a type that holds the targets of a window, and the verbs of the
/// interface, which hand on to those with one argument per head.
/// </summary>
internal sealed class SeveralHeadsWriter(SourceWriter writer, ModelPlan model, string face)
{
    private static readonly Parameter Targets = new("global::System.ReadOnlySpan<WindowTargets>", "targets", "");
    private static readonly Parameter Stream = new("State", "state", "");
    private static readonly Parameter Tape = new("Tape", "tape", "");

    private const string CheckOne = $"{VerbPhrases.Services}.Check.Length(targets.Length, 1, \"targets\");";

    private readonly VerbPhrases _text = new(model);

    /// <summary>The score of a window, given those of its heads.</summary>
    public static string WindowScore(IEnumerable<OutputPhrases> outputs, Func<int, string> head) =>
        "default(global::RnnGen.Score)" + string.Concat(outputs.Select((o, k) => $".WithHead({head(k)}, {Literals.Float(o.Weight)})"));

    public void Write()
    {
        WriteTargets();
        foreach (Verb verb in Verbs())
        {
            verb.Write(writer);
        }
    }

    private IEnumerable<Verb> Verbs() =>
    [
        new($"void {face}.CheckWindow", [Inputs, Targets], [CheckOne, .. _text.CheckWindow(Arguments("0"))]),
        .. model.Batch is null ? [new Verb($"float {face}.Backward", [Tape, Targets], [CheckOne, $"return Backward(tape, {Arguments("0")});"])] : BackwardOfLanes(),
        new($"global::RnnGen.Score {face}.Evaluate", [Stream, Inputs, Targets],
        [
            CheckOne,
            $"var scores = Evaluate(state, inputs, {Arguments("0")});",
            $"return {WindowScore(_text.Outputs, k => $"scores.Item{k + 1}")};",
        ]),
        new($"void {face}.Forward", [Stream, Inputs, new("global::System.Span<float>", "outputs", "")], Forward()),
    ];

    private Parameter Inputs => new(_text.InputType, "inputs", "");

    private string Arguments(string window) => string.Join(", ", _text.Outputs.Select(o => $"targets[{window}].{o.Member}.Span"));

    /// <summary>Of a batch, each lane has its targets.</summary>
    private IEnumerable<Verb> BackwardOfLanes() =>
    [
        new($"float {face}.Backward", [Tape, Targets], _ =>
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            using (writer.Open("if (!tape.HoldsBatch)"))
            {
                writer.Lines([CheckOne, $"return Backward(tape, {Arguments("0")});"]);
            }

            writer.Lines(["", "tape.MustHoldWindow(this);", $"{VerbPhrases.Services}.BatchRows rows = tape.Rows;", "CheckBatchTargets(rows, targets);", "global::RnnGen.Score score = default;"]);
            using (writer.Open("for (int lane = 0; lane < rows.Lanes; lane++)"))
            {
                writer.Line($"score += LossOfLane(tape, lane, {Arguments("rows.Lane(lane)")});");
            }

            writer.Lines(["", "BackThroughBatch(tape, null);", "return tape.Add(score);"]);
        }),
        new("private static void CheckBatchTargets", [new($"{VerbPhrases.Services}.BatchRows", "rows", ""), Targets], _ =>
        {
            writer.Line($"{VerbPhrases.Services}.Check.Length(targets.Length, rows.Lanes, \"targets\");");
            using (writer.Open("for (int lane = 0; lane < rows.Lanes; lane++)"))
            {
                writer.Line($"CheckTargets({Arguments("rows.Lane(lane)")}{(_text.TargetsHaveSteps ? ", rows.Length(lane)" : "")});");
            }
        }),
    ];

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
}
