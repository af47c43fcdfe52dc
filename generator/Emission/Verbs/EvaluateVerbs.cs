using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Evaluate: the steps of Forward, with the loss of each output instead of the output.</summary>
internal sealed class EvaluateVerbs(ModelPlan model)
{
    private static readonly (string, string) WrongSpan = ("ArgumentException", "A span has the wrong length or invalid values; nothing was changed.");

    private readonly VerbPhrases _text = new(model);
    private readonly VerbParameters _parameters = new(model);
    private readonly Stepping _stepping = new(model);

    public Verb OfStreams()
    {
        bool single = _text.Outputs.Count == 1;
        // A single row of a single head is its score.
        bool isSum = !single || !_text.Outputs[0].IsOnce || model.NeedsWholeWindow;
        string result = single ? "global::RnnGen.Score" : $"({string.Join(", ", _text.Outputs.Select(o => $"global::RnnGen.Score {o.Element}"))})";
        return new Verb($"public {result} Evaluate", [_parameters.Stream(Windows.Single), .. _parameters.Inputs(Windows.Single), .. _parameters.Targets()], writer =>
        {
            writer.Line(_text.CheckTargets);
            _stepping.WriteStart(writer);
            foreach (OutputPhrases output in _text.Outputs.Where(_ => isSum))
            {
                writer.Line($"global::RnnGen.Score {output.Score} = default;");
            }

            if (model.NeedsWholeWindow)
            {
                writer.Line("global::System.Span<float> window = RunWindow(state, inputs, steps);");
                Stepping.WriteRows(writer, _text.Outputs, isLane: false, Score);
            }
            else
            {
                _stepping.WriteWindow(writer, Score);
            }

            if (isSum)
            {
                writer.Line();
                writer.Line(single ? "return score;" : $"return ({string.Join(", ", _text.Outputs.Select(o => o.Score))});");
            }
        })
        {
            Summary = $"Loss and hits of a window. {Windows.Single.Continues()} Needs no tape and allocates nothing.",
            Returns = $"{(single ? "The score" : "A score for each head, without its weight")}; scores of several windows can be added.",
            Exceptions = [WrongSpan],
        };

        string Score(OutputPhrases output, string values, string? row)
        {
            string score = output.ScoreCall(values, output.TargetOf(row));
            return !isSum ? $"return {score};" : $"{output.Score} += {(single ? "" : $"{output.Targets}.IsEmpty ? default : ")}{score};";
        }
    }

    public Verb OfBatches()
    {
        bool single = _text.Outputs.Count == 1;
        string heads = Literals.Integer(_text.Outputs.Count);
        IEnumerable<Parameter> targets = single
            ? _parameters.Targets("Lane by lane. ")
            : [new("global::System.ReadOnlySpan<WindowTargets>", "targets", "One for each lane.")];
        return new Verb("public global::RnnGen.Score Evaluate", [_parameters.Stream(Windows.Different), .. _parameters.Inputs(Windows.Different), .. targets], writer =>
        {
            writer.Line($"{VerbPhrases.Services}.BatchRows rows = {VerbPhrases.Memory}.Rows(batch);");
            writer.Line("rows.Set(lengths);");
            writer.Line("CheckBatchTargets(rows, targets);");
            writer.Line($"global::System.Span<global::RnnGen.Score> scores = {VerbPhrases.Memory}.Scores(batch);");
            writer.Line("scores.Clear();");
            _stepping.WriteStart(writer, Windows.Different, ", rows");
            _stepping.WriteAllWindows(writer, (output, values, row) => single
                ? $"scores[lane] += {output.ScoreCall(values, output.TargetOf(output.RowOfLane(row)))};"
                : $"scores[{Place("lane", output)}] += targets[rows.Lane(lane)].{output.Member}.Span is {{ IsEmpty: false }} {output.Targets} ? {output.ScoreCall(values, output.TargetOf(output.IsOnce ? null : row))} : default;");
            writer.Line();
            writer.Line("global::RnnGen.Score score = default;");
            using (writer.Open("for (int place = 0; place < rows.Lanes; place++)"))
            {
                writer.Line(single ? "score += scores[place];" : $"score += {SeveralHeadsWriter.WindowScore(_text.Outputs, k => $"scores[{Place("place", _text.Outputs[k])}]")};");
            }

            writer.Line();
            writer.Line("return score;");
        })
        {
            Summary = $"Loss and hits of windows of different lengths, one per lane. {Windows.Different.Continues()} Needs no tape and allocates nothing.",
            Returns = $"The score{(single ? "" : ": each lane counts as one target, with the weighted sum of its heads' mean losses and all of their hits, or as none if all its targets are ignored")}.",
            Exceptions = [WrongSpan],
        };

        string Place(string lane, OutputPhrases output) =>
            $"({lane} * {heads}) + {Literals.Integer(_text.Outputs.TakeWhile(o => o.Name != output.Name).Count())}";
    }
}
