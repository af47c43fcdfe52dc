using RnnGen.Generator.Planning;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Evaluate: the steps of Forward, with the loss of each output instead of the output.</summary>
internal sealed class EvaluateVerbs(ModelPlan model)
{
    private static readonly (string, string) WrongSpan = ("ArgumentException", "A span has the wrong length or invalid values; nothing was changed.");

    private readonly VerbPhrases _text = new(model);
    private readonly VerbParameters _parameters = new(model);
    private readonly Stepping _stepping = new(model);

    private bool IsSingle => _text.Outputs.Count == 1;

    public Verb OfStreams()
    {
        string result = IsSingle ? "global::RnnGen.Score" : $"({string.Join(", ", _text.Outputs.Select(o => $"global::RnnGen.Score {o.Element}"))})";
        return new Verb($"public {result} Evaluate", [_parameters.Stream(Windows.Single), .. _parameters.Inputs(Windows.Single), .. _parameters.Targets()], writer =>
        {
            writer.Line(_text.CheckTargets);
            writer.Lines(_text.Outputs.Select(o => $"global::RnnGen.Score {o.Score} = default;"));
            _stepping.WriteWindow(writer, new(
                (o, values) => $"{o.Score} += {o.ScoreOfRow(values, o.Targets, o.StepRow)};",
                o => $"{o.Score} += {o.ScoreOfRows(o.Targets)};"));
            writer.Line(IsSingle ? "return score;" : $"return ({string.Join(", ", _text.Outputs.Select(o => o.Score))});");
        })
        {
            Summary = $"Loss and hits of a window. {Windows.Single.Continues()} Needs no tape and allocates nothing.",
            Returns = $"{(IsSingle ? "The score" : "A score for each head, without its weight")}; scores of several windows can be added.",
            Exceptions = [WrongSpan],
        };
    }

    public Verb OfBatches()
    {
        IEnumerable<Parameter> targets = IsSingle ? _parameters.Targets("Lane by lane. ") : [VerbParameters.TargetsOfWindows];
        return new Verb("public global::RnnGen.Score Evaluate", [_parameters.Stream(Windows.Different), .. _parameters.Inputs(Windows.Different), .. targets], writer =>
        {
            writer.Line(VerbPhrases.Rows("batch"));
            writer.Line("rows.Set(lengths);");
            writer.Line("CheckBatchTargets(rows, targets);");
            writer.Line($"global::System.Span<global::RnnGen.Score> scores = {VerbPhrases.Memory}.Scores(batch);");
            writer.Line("scores.Clear();");
            _stepping.WriteStart(writer, Windows.Different, ", rows");
            _stepping.WriteWindows(writer, new(
                (o, values) => $"{ScoreAt("lane", o)} += {(IsSingle ? o.ScoreOfRow(values, o.Targets, o.StepRow) : o.ScoreOfRow(values, o.TargetsIn("rows.Lane(lane)"), o.IsOnce ? null : (Index)"step"))};",
                o => $"{ScoreAt("lane", o)} += {o.ScoreOfRows(IsSingle ? o.TargetsOfLane : o.TargetsIn("rows.Lane(lane)"))};"));
            writer.Line("global::RnnGen.Score score = default;");
            Stepping.WriteLanes(writer, [$"score += {SeveralHeadsWriter.WindowScore(_text.Outputs, k => ScoreAt("lane", _text.Outputs[k]))};"]);
            writer.Line("return score;");
        })
        {
            Summary = $"Loss and hits of windows of different lengths, one per lane. {Windows.Different.Continues()} Needs no tape and allocates nothing.",
            Returns = $"The score{(IsSingle ? "" : ": each lane counts as one target, with the weighted sum of its heads' mean losses and all of their hits, or as none if all its targets are ignored")}.",
            Exceptions = [WrongSpan],
        };

        string ScoreAt(Index lane, OutputPhrases output) => $"scores[{(lane * _text.Outputs.Count) + _text.Outputs.TakeWhile(o => o.Name != output.Name).Count()}]";
    }
}
