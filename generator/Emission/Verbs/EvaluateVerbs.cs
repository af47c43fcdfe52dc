using RnnGen.Generator.Planning;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Evaluate: the steps of Forward, with the loss of each output instead of the output.</summary>
internal sealed class EvaluateVerbs(ModelPlan model, bool isBatch)
{
    private readonly VerbPhrases _text = new(model, isBatch);
    private readonly VerbParameters _parameters = new(model);
    private readonly Stepping _stepping = new(model, isBatch);
    private readonly Windows _windows = isBatch ? Windows.Different : Windows.Single;

    private bool IsSingle => _text.Outputs.Count == 1;

    private string Result => IsSingle || isBatch
        ? "global::RnnGen.Score"
        : $"({string.Join(", ", _text.Outputs.Select(o => $"global::RnnGen.Score {o.Names.Element}"))})";

    public Verb Evaluate() => new(
        $"public {Result} Evaluate",
        [
            _parameters.Stream(_windows), .. _parameters.Inputs(_windows),
            .. IsSingle || !isBatch ? _parameters.Targets(isBatch ? "Lane by lane. " : "") : [VerbParameters.TargetsOfWindows],
        ],
        isBatch ? WriteLanes : WriteStream,
        Summary: $"Loss and hits of {_windows.Subject()}. {_windows.Continues()} Needs no tape and allocates nothing{(_text.Outputs.Any(o => o.IsOfWindow) ? " after the first call" : "")}.",
        Returns: (IsSingle, isBatch) switch
        {
            (true, false) => "The score; scores of several windows can be added.",
            (false, false) => "A score for each head, without its weight; scores of several windows can be added.",
            (true, true) => "The score.",
            _ => "The score: each lane counts as one target, with the weighted sum of its heads' mean losses and all of their hits, "
                + "or as none if all its targets are ignored.",
        },
        Exceptions: [("ArgumentException", "A span has the wrong length or invalid values; nothing was changed.")]);

    private void WriteStream(SourceWriter writer)
    {
        writer.Line(_text.CheckTargets);
        writer.Lines(_text.Outputs.Select(o => $"global::RnnGen.Score {o.Names.Score} = default;"));
        _stepping.WriteStart(writer);
        _stepping.WriteWindows(writer, new(
            (o, values) => $"{o.Names.Score} += {o.ScoreOfRow(values, o.Names.Targets, o.StepRow)};",
            o => $"{o.Names.Score} += {o.ScoreOfRows(o.Names.Targets)};"));
        writer.Line(IsSingle ? "return score;" : $"return ({string.Join(", ", _text.Outputs.Select(o => o.Names.Score))});");
    }

    private void WriteLanes(SourceWriter writer)
    {
        writer.Lines(
        [
            VerbPhrases.Rows("batch"), "rows.Set(lengths);",
            "CheckBatchTargets(rows, targets);",
            $"global::System.Span<global::RnnGen.Score> scores = {VerbPhrases.Memory}.Scores(batch);", "scores.Clear();",
        ]);
        _stepping.WriteStart(writer, ", rows");
        _stepping.WriteWindows(writer, new(
            (o, values) => $"{Score(o)} += {(IsSingle ? o.ScoreOfRow(values, o.Names.Targets, o.StepRow) : o.ScoreOfRow(values, OfLane(o), RowOfLane(o)))};",
            o => $"{Score(o)} += {o.ScoreOfRows(IsSingle ? o.TargetsOfWindow : OfLane(o))};"));
        writer.Line("global::RnnGen.Score score = default;");
        _text.WriteEach(writer, [$"score += {SeveralHeadsWriter.WindowScore(_text.Outputs, k => Score(_text.Outputs[k]))};"]);
        writer.Line("return score;");

        string OfLane(OutputPhrases output) => output.TargetsIn("rows.Lane(lane)");

        Index? RowOfLane(OutputPhrases output) => output.IsOnce ? null : (Index)"step";

        string Score(OutputPhrases output) =>
            $"scores[{((Index)"lane" * _text.Outputs.Count) + _text.Outputs.TakeWhile(o => o.Names.Head != output.Names.Head).Count()}]";
    }
}
