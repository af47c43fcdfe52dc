using RnnGen.Generator.Emission.Verbs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints what lets code treat several heads as one: a type for the targets of a window, and Backward from the targets of a batch.</summary>
internal sealed class SeveralHeadsWriter(SourceWriter writer, ModelPlan model)
{
    /// <summary>The parameter with the targets of some windows.</summary>
    public const string Targets = "global::System.ReadOnlySpan<WindowTargets> targets";

    private readonly VerbPhrases _text = new(model);

    /// <summary>The score of a window, given those of its heads.</summary>
    public static string WindowScore(IEnumerable<OutputPhrases> outputs, Func<int, string> head) =>
        "default(global::RnnGen.Score)" + string.Concat(outputs.Select((o, k) => $".WithHead({head(k)}, {Literals.Float(o.Weight)})"));

    /// <summary>The targets of one of several windows, as arguments.</summary>
    public static string Arguments(VerbPhrases text, string window) => string.Join(", ", text.Outputs.Select(o => $"targets[{window}].{o.Member}.Span"));

    public void Write()
    {
        WriteTargets();
        if (model.Batch is not null)
        {
            WriteBatch();
        }
    }

    /// <summary>Of a batch, each lane has its targets.</summary>
    private void WriteBatch()
    {
        string lane = Arguments(_text, "rows.Lane(lane)");
        using (writer.Open($"private float BackwardOfBatch(Tape tape, {Targets})"))
        {
            writer.Line($"{VerbPhrases.Services}.Check.Recorded(tape, _weights);");
            BackwardVerbs.WriteLossOfBatch(writer, "targets", lane);
        }

        writer.Line();
        using (writer.Open($"private static void CheckBatchTargets({VerbPhrases.Services}.BatchRows rows, {Targets})"))
        {
            writer.Line($"{VerbPhrases.Services}.Check.Length(targets.Length, rows.Lanes, \"targets\");");
            using (writer.Open("for (int lane = 0; lane < rows.Lanes; lane++)"))
            {
                writer.Line($"CheckTargets({lane}{(_text.TargetsHaveSteps ? ", rows.Length(lane)" : "")});");
            }
        }

        writer.Line();
    }

    private void WriteTargets()
    {
        writer.Line("/// <summary>The targets of one window for all heads. They are read when the window is trained on or evaluated, so two windows must not share memory.</summary>");
        foreach (OutputPhrases output in _text.Outputs)
        {
            writer.Line($"/// <param name=\"{output.Targets}\">{output.TargetShape}. Empty to leave this head out.</param>");
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
}
