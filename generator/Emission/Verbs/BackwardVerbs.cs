using System.Globalization;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Backward, from targets or from the gradients of the user's own loss, over a window or over the windows of a batch.</summary>
internal sealed class BackwardVerbs(ModelPlan model)
{
    private const string Services = VerbPhrases.Services;
    private const string Memory = VerbPhrases.Memory;
    private const string Rows = Services + ".BatchRows";

    private static readonly Parameter Tape = new(
        "Tape", "tape", "The recording.", "global::System.ArgumentNullException.ThrowIfNull(tape);", Services + ".Check.Recorded(tape, _weights);");

    private static readonly (string, string) NotRecorded = ("InvalidOperationException", "The tape holds no window, or the weights have changed since.");

    private readonly VerbPhrases _text = new(model);
    private readonly VerbParameters _parameters = new(model);
    private readonly Stepping _stepping = new(model);

    private bool HasBatches => model.Batch is not null;

    public IEnumerable<Verb> OfStreams() =>
    [
        .. model.HasHead ? [FromTargets()] : new Verb[0],
        FromGradients(), BackThroughTime(),
        .. model.HasHead ? [CheckTargets()] : new Verb[0],
        CheckInputs("", "1"),
    ];

    public IEnumerable<Verb> OfBatches() =>
    [
        .. model.HasHead ? [CheckBatchTargets(), FromTargetsOfBatch(), LossOfLane()] : new Verb[0],
        FromGradientsOfLanes(), FromGradientsOfBatch(), BackThroughBatch(), CheckInputs("int lanes", "lanes"), CheckLengths(),
    ];

    private Verb FromTargets()
    {
        bool single = _text.Outputs.Count == 1;
        string losses = string.Join(", ", _text.Outputs.Select(o => $"{o.Weight.ToString(CultureInfo.InvariantCulture)} times the mean {o.Loss} of {o.Name}"));
        return new Verb("public float Backward", [Tape, .. _parameters.Targets()], writer =>
        {
            WriteTurn(writer, $"return BackwardOfBatch(tape, {_text.TargetArguments});");
            WriteWindow(writer);
            writer.Line(_text.CheckTargets);
            WriteLosses(writer, _text.Outputs);
            writer.Line();
            writer.Line("BackThroughTime(tape, null);");
            writer.Line($"return {Memory}.Add(tape, {(single ? "score" : "total")});");
        })
        {
            Summary = "Computes the loss of the recorded window and back-propagates it through time. Gradients, loss and number of targets are added to the tape's sums; "
                + (single ? "the gradients are those of the sum of the losses, which an update divides by the number of targets." : "the window counts as one target, or as none if all of its targets are ignored.")
                + " Allocates nothing.",
            Returns = single ? $"The mean {_text.Outputs[0].Loss}; NaN if all targets are ignored." : $"The sum of {losses}; NaN if all targets are ignored.",
            Exceptions = [("ArgumentException", "The targets have the wrong length or invalid values, or the tape belongs to another model; nothing was changed."), NotRecorded],
        };
    }

    private Verb FromGradients() => new("public void Backward",
        [Tape, .. _parameters.Gradients(isBatch: false), new("State?", "finalStateGradients", "The gradients of the states after the window; null for zeros.")],
        writer =>
        {
            WriteTurn(writer, $"{Services}.Check.NoState(finalStateGradients);\nBackwardOfBatch(tape, {Join(_text.Outputs.Select(o => o.Gradients))}, null);\nreturn;");
            WriteWindow(writer);
            foreach (OutputPhrases output in _text.Outputs)
            {
                writer.Line($"{Services}.Check.LengthOrNone({output.Gradients}.Length, {output.Length}, {Literals.Text(output.Gradients)});");
            }

            foreach (OutputPhrases output in _text.Outputs)
            {
                WriteOwnGradients(writer, output, row => row);
            }

            writer.Line();
            writer.Line("BackThroughTime(tape, finalStateGradients);");
        })
    {
        Summary = OwnLoss(""),
        Exceptions = [("ArgumentException", "The gradients have the wrong length, or the tape belongs to another model; nothing was changed."), NotRecorded],
    };

    private Verb BackThroughTime() => new("private void BackThroughTime", [new("Tape", "tape", ""), new("State?", "finalStateGradients", "")],
        writer => WalkText.WriteBackward(writer, model, isBatch: false));

    private Verb CheckTargets() => new("private static void CheckTargets",
        [.. PlainTargets(), .. _text.TargetsHaveSteps ? [new("int", "steps", "")] : new Parameter[0]],
        writer => WriteTargetChecks(writer, _text.Outputs, output => output.TargetLength));

    private Verb CheckBatchTargets() => new("private static void CheckBatchTargets", [new(Rows, "rows", ""), .. PlainTargets()],
        writer => WriteTargetChecks(writer, _text.OutputsOfLanes, output => $"{Count(output)}{(output.IsClass ? "" : " * " + output.Size)}"));

    private Verb FromTargetsOfBatch() => new("private float BackwardOfBatch", [new("Tape", "tape", ""), .. PlainTargets()],
        writer => WriteLossOfBatch(writer, _text.TargetArguments, Join(_text.OutputsOfLanes.Select(SliceOfLane))));

    /// <summary>Backward from the targets of all lanes.</summary>
    /// <param name="writer">The text.</param>
    /// <param name="targets">The targets, as arguments.</param>
    /// <param name="ofLane">Those of the lane at hand.</param>
    public static void WriteLossOfBatch(SourceWriter writer, string targets, string ofLane)
    {
        writer.Line($"{Rows} rows = {Memory}.Rows(tape);");
        writer.Line($"CheckBatchTargets(rows, {targets});");
        writer.Line("global::RnnGen.Score score = default;");
        using (writer.Open("for (int lane = 0; lane < rows.Lanes; lane++)"))
        {
            writer.Line($"score += LossOfLane(tape, lane, {ofLane});");
        }

        writer.Line();
        writer.Line("BackThroughBatch(tape, null);");
        writer.Line($"return {Memory}.Add(tape, score);");
    }

    private Verb LossOfLane() => new("private static global::RnnGen.Score LossOfLane", [new("Tape", "tape", ""), new("int", "lane", ""), .. PlainTargets()], writer =>
    {
        writer.Line($"{Rows} rows = {Memory}.Rows(tape);");
        writer.Line(VerbPhrases.Window("tape"));
        writer.Line("int lanes = rows.Lanes;");
        _stepping.WriteStepsOfLane(writer);
        WriteLosses(writer, _text.OutputsOfLanes);
        writer.Line(_text.OutputsOfLanes.Count == 1 ? "return score;" : "return total;");
    });

    private Verb FromGradientsOfLanes() => new("public void Backward",
        [
            new("Tape", "tape", "The recording of a batch.", "global::System.ArgumentNullException.ThrowIfNull(tape);", Services + ".Check.RecordedBatch(tape, _weights);"),
            .. _parameters.Gradients(isBatch: true),
            new("Batch?", "finalStateGradients", "The gradients of the states after the windows; null for zeros."),
        ],
        writer => writer.Line($"BackwardOfBatch(tape, {Join(_text.Outputs.Select(o => o.Gradients))}, finalStateGradients);"))
    {
        Summary = OwnLoss(" over the windows of a batch"),
        Exceptions =
        [
            ("ArgumentException", "The gradients have the wrong length, or the tape belongs to another model; nothing was changed."),
            ("InvalidOperationException", "The tape holds no batch, or the weights have changed since."),
        ],
        Attributes = "[global::System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]",
    };

    private Verb FromGradientsOfBatch() => new("private void BackwardOfBatch",
        [new("Tape", "tape", ""), .. _parameters.Gradients(isBatch: true), new("Batch?", "finalStateGradients", "")],
        writer =>
        {
            writer.Line($"{Rows} rows = {Memory}.Rows(tape);");
            writer.Line(VerbPhrases.Window("tape"));
            writer.Line("int lanes = rows.Lanes;");
            foreach (OutputPhrases output in _text.OutputsOfLanes)
            {
                writer.Line($"{Services}.Check.LengthOrNone({output.Gradients}.Length, {Count(output)} * {output.Size}, {Literals.Text(output.Gradients)});");
            }

            using (writer.Open("if (finalStateGradients is not null)"))
            {
                writer.Line($"{Services}.Check.Lanes(finalStateGradients.Lanes, lanes, \"finalStateGradients\");");
            }

            using (writer.Open("for (int lane = 0; lane < lanes; lane++)"))
            {
                _stepping.WriteStepsOfLane(writer);
                foreach (OutputPhrases output in _text.OutputsOfLanes)
                {
                    WriteOwnGradients(writer, output, output.RowOfLane);
                }
            }

            writer.Line("BackThroughBatch(tape, finalStateGradients);");
        });

    private Verb BackThroughBatch() => new("private void BackThroughBatch", [new("Tape", "tape", ""), new("Batch?", "finalStateGradients", "")],
        writer => WalkText.WriteBackward(writer, model, isBatch: true));

    /// <summary>The number of steps of windows of equal length.</summary>
    private Verb CheckInputs(string lanes, string count)
    {
        string width = model.Spec.Tokens ? count : count == "1" ? "InputSize" : count + " * InputSize";
        Parameter[] parameters = lanes.Length == 0 ? [new(_text.InputType, "inputs", "")] : [new(_text.InputType, "inputs", ""), new("int", "lanes", "")];
        string steps = $"{Services}.Check.Steps(inputs.Length, {width}, SequenceLength, \"inputs\");";
        return new Verb("private static int CheckInputs", parameters, writer => WriteChecked(writer, steps, []));
    }

    /// <summary>The number of steps of all windows together.</summary>
    private Verb CheckLengths() => new("private static int CheckInputs",
        [new(_text.InputType, "inputs", ""), new("global::System.ReadOnlySpan<int>", "lengths", ""), new("int", "lanes", "")],
        writer => WriteChecked(writer, $"{Services}.Check.Lengths(lengths, SequenceLength, lanes);", [VerbParameters.Length("inputs", model.Spec.Tokens ? "steps" : "steps * InputSize")]));

    private void WriteChecked(SourceWriter writer, string steps, IEnumerable<string> checks)
    {
        string[] more = [.. checks, .. _parameters.TokenCheck()];
        writer.Line((more.Length == 0 ? "return " : "int steps = ") + steps);
        writer.Lines(more.Length == 0 ? more : [.. more, "return steps;"]);
    }

    /// <summary>Where Backward branches off for a tape that holds a batch.</summary>
    private void WriteTurn(SourceWriter writer, string call)
    {
        if (HasBatches)
        {
            using (writer.Open($"if ({Memory}.HoldsBatch(tape))"))
            {
                writer.Line(call);
            }

            writer.Line();
        }
    }

    private void WriteWindow(SourceWriter writer)
    {
        if (_text.Outputs.Any(o => o.ReadsSteps))
        {
            writer.Line("int steps = tape.Steps;");
        }

        writer.Line(VerbPhrases.Window("tape"));
    }

    /// <summary>The score of a window and its gradients: the score of the only head, or the sum of the mean losses of several.</summary>
    private static void WriteLosses(SourceWriter writer, IReadOnlyList<OutputPhrases> outputs)
    {
        if (outputs.Count == 1)
        {
            WriteLossRows(writer, outputs[0]);
            return;
        }

        writer.Line("global::RnnGen.Score total = default;");
        foreach (OutputPhrases output in outputs)
        {
            WriteHeadLoss(writer, output);
        }
    }

    private static void WriteLossRows(SourceWriter writer, OutputPhrases output)
    {
        string Loss(string row) => output.LossCall(output.OutputRow(row), output.GradientRow(row), output.TargetOf(row));
        if (output.IsOnce)
        {
            writer.Line($"global::RnnGen.Score score = {Loss("0")};");
            return;
        }

        writer.Line("global::RnnGen.Score score = default;");
        Stepping.WriteEachRow(writer, output, row => $"score += {Loss(row)};");
    }

    /// <summary>One of several heads: its mean loss times its weight, so that its share does not depend on its number of targets.</summary>
    private static void WriteHeadLoss(SourceWriter writer, OutputPhrases output)
    {
        using (writer.Open($"if ({output.Targets}.IsEmpty)"))
        {
            Stepping.WriteEachRow(writer, output, row => $"{output.GradientRow(row)}.Clear();");
        }

        using (writer.Open("else"))
        {
            WriteLossRows(writer, output);
            writer.Line($"double share = score.Share({Literals.Float(output.Weight)});");
            writer.Line($"total = total.WithHead(score, {Literals.Float(output.Weight)});");
            Stepping.WriteEachRow(writer, output, row => $"{Services}.JoinRows.Scale({output.GradientRow(row)}, (float)share);");
        }
    }

    /// <summary>Gradients of the user's own loss, through the head's activation; an empty span is zeros.</summary>
    private static void WriteOwnGradients(SourceWriter writer, OutputPhrases output, Func<string, string> callersRow)
    {
        using (writer.Open($"if ({output.Gradients}.IsEmpty)"))
        {
            Stepping.WriteEachRow(writer, output, row => $"{output.GradientRow(row)}.Clear();");
        }

        using (writer.Open("else"))
        {
            Stepping.WriteEachRow(writer, output, row => $"{output.Head}.Backward({output.OutputRow(row)}, {output.RowOf(output.Gradients, callersRow(row))}, {output.GradientRow(row)});");
        }
    }

    private static void WriteTargetChecks(SourceWriter writer, IReadOnlyList<OutputPhrases> outputs, Func<OutputPhrases, string> length)
    {
        foreach (OutputPhrases output in outputs)
        {
            string[] checks =
            [
                VerbParameters.Length(output.Targets, length(output)),
                .. output.IsClass ? [$"{Services}.Check.Targets({output.Targets}, {output.Size});"] : new string[0],
            ];
            using (outputs.Count == 1 ? (IDisposable?)null : writer.Open($"if (!{output.Targets}.IsEmpty)"))
            {
                foreach (string check in checks)
                {
                    writer.Line(check);
                }
            }
        }
    }

    private IEnumerable<Parameter> PlainTargets() => _text.Outputs.Select(o => new Parameter(o.TargetsType, o.Targets, ""));

    /// <summary>Targets or gradients of all lanes.</summary>
    private static string Count(OutputPhrases output) => output.IsOnce ? "rows.Lanes" : "rows.Total";

    private string SliceOfLane(OutputPhrases output)
    {
        string width = output.IsClass ? "" : " * " + output.Size;
        string start = output.IsOnce ? "rows.Lane(lane)" : "rows.Start(lane)";
        string length = !output.IsOnce ? $"rows.Length(lane){width}" : output.IsClass ? "1" : output.Size;
        string slice = $"{output.Targets}.Slice({start}{width}, {length})";
        return _text.OutputsOfLanes.Count > 1 ? $"{output.Targets}.IsEmpty ? default : {slice}" : slice;
    }

    private static string OwnLoss(string of) =>
        $"Back-propagates the gradients of your own loss through time{of}. Gradients are added to the tape's sums and count as no targets: unless targets are added as well, an update does not divide them. Allocates nothing.";

    private static string Join(IEnumerable<string> arguments) => string.Join(", ", arguments);
}
