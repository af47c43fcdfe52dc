using System.Globalization;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Backward, from targets or from the gradients of the user's own loss, over a window or over the windows of a batch.</summary>
internal sealed class BackwardVerbs(ModelPlan model)
{
    private const string Services = VerbPhrases.Services;
    private const string Memory = VerbPhrases.Memory;

    private static readonly Parameter Rows = new(Services + ".BatchRows", "rows");

    private readonly VerbPhrases _text = new(model);
    private readonly VerbParameters _parameters = new(model);

    private bool IsSingle => _text.Outputs.Count == 1;

    private string GradientArguments => string.Join(", ", _text.Outputs.Select(o => o.Gradients));

    public IEnumerable<Verb> OfStreams() =>
    [
        .. model.HasHead ? [FromTargets()] : new Verb[0],
        FromGradients(), BackThrough("Time", "State", isBatch: false),
        .. model.HasHead ? [CheckTargets()] : new Verb[0],
        CheckInputs(hasLanes: false),
    ];

    public IEnumerable<Verb> OfBatches() =>
    [
        .. model.HasHead ? [CheckBatchTargets(), FromTargetsOfBatch([VerbParameters.Tape, .. _parameters.PlainTargets], _text.TargetArguments, o => o.TargetsOfLane)] : new Verb[0],
        .. IsSingle ? new Verb[0] :
        [
            CheckTargetsOfWindows(),
            FromTargetsOfBatch([VerbParameters.Tape with { Checks = [Check("Recorded")] }, VerbParameters.TargetsOfWindows], "targets", o => o.TargetsIn("rows.Lane(lane)")),
        ],
        FromGradientsOfLanes(), FromGradientsOfBatch(), BackThrough("Batch", "Batch", isBatch: true), CheckInputs(hasLanes: true), CheckLengths(),
    ];

    private Verb FromTargets()
    {
        string losses = string.Join(", ", _text.Outputs.Select(o => $"{o.Weight.ToString(CultureInfo.InvariantCulture)} times the mean {o.Loss} of {o.Name}"));
        return new Verb("public float Backward", [Recording(isBatch: false), .. _parameters.Targets()], writer =>
        {
            WriteTurn(writer, $"return BackwardOfBatch(tape, {_text.TargetArguments});");
            writer.Line(_text.CheckTargets);
            writer.Line($"global::RnnGen.Score score = {Loss(_text.Outputs, o => o.Targets)};");
            writer.Line("BackThroughTime(tape, null);");
            writer.Line($"return {Memory}.Add(tape, score);");
        })
        {
            Summary = "Computes the loss of the recorded window and back-propagates it through time. Gradients, loss and number of targets are added to the tape's sums; "
                + (IsSingle ? "the gradients are those of the sum of the losses, which an update divides by the number of targets." : "the window counts as one target, or as none if all of its targets are ignored.")
                + " Allocates nothing.",
            Returns = IsSingle ? $"The mean {_text.Outputs[0].Loss}; NaN if all targets are ignored." : $"The sum of {losses}; NaN if all targets are ignored.",
            Exceptions = Exceptions("targets have the wrong length or invalid values", "window"),
            Hint = JitHint.AggressiveOptimization,
        };
    }

    private Verb FromTargetsOfBatch(IReadOnlyList<Parameter> parameters, string arguments, Func<OutputPhrases, string> ofLane) =>
        Verb.OfRows("private float BackwardOfBatch", "tape", parameters, writer =>
        {
            writer.Line($"CheckBatchTargets(rows, {arguments});");
            writer.Line(VerbPhrases.Window("tape"));
            writer.Line("global::RnnGen.Score score = default;");
            Stepping.WriteLanes(writer, [$"score += {Loss(_text.OutputsOfLanes, ofLane)};"]);
            writer.Line("BackThroughBatch(tape, null);");
            writer.Line($"return {Memory}.Add(tape, score);");
        }) with
        {
            Hint = JitHint.AggressiveOptimization,
        };

    private Verb FromGradients() => new("public void Backward",
        [Recording(isBatch: false), .. _parameters.Gradients(isBatch: false), new("State?", "finalStateGradients", "The gradients of the states after the window; null for zeros.")],
        writer =>
        {
            WriteTurn(writer, $"{Services}.Check.NoState(finalStateGradients);\nBackwardOfBatch(tape, {GradientArguments}, null);\nreturn;");
            WriteGradientChecks(writer, _text.Outputs);
            writer.Lines(_text.Outputs.Select(o => o.Backward(o.Gradients)));
            writer.Line("BackThroughTime(tape, finalStateGradients);");
        })
    {
        Summary = OwnLoss(""),
        Exceptions = Exceptions("gradients have the wrong length", "window"),
        Hint = JitHint.AggressiveOptimization,
    };

    private Verb FromGradientsOfLanes() => new("public void Backward",
        [Recording(isBatch: true), .. _parameters.Gradients(isBatch: true), new("Batch?", "finalStateGradients", "The gradients of the states after the windows; null for zeros.")],
        [$"BackwardOfBatch(tape, {GradientArguments}, finalStateGradients);"])
    {
        Summary = OwnLoss(" over the windows of a batch"),
        Exceptions = Exceptions("gradients have the wrong length", "batch"),
        Attributes = "[global::System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]",
    };

    private Verb FromGradientsOfBatch() => Verb.OfRows("private void BackwardOfBatch", "tape",
        [VerbParameters.Tape, .. _parameters.Gradients(isBatch: true), new("Batch?", "finalStateGradients")],
        writer =>
        {
            WriteGradientChecks(writer, _text.OutputsOfLanes);
            writer.Line($"{Services}.Check.Lanes(finalStateGradients, rows.Lanes, \"finalStateGradients\");");
            writer.Line(VerbPhrases.Window("tape"));
            Stepping.WriteLanes(writer, _text.OutputsOfLanes.Select(o => o.Backward(o.GradientsOfLane)));
            writer.Line("BackThroughBatch(tape, finalStateGradients);");
        }) with
    {
        Hint = JitHint.AggressiveOptimization,
    };

    private Verb BackThrough(string name, string memory, bool isBatch) => new("private void BackThrough" + name, [VerbParameters.Tape, new(memory + "?", "finalStateGradients")],
        writer => WalkText.WriteBackward(writer, model, isBatch));

    private Verb CheckTargets() => new("private static void CheckTargets",
        [.. _parameters.PlainTargets, .. _text.TargetsHaveSteps ? [new("int", "steps")] : new Parameter[0]],
        writer => WriteTargetChecks(writer, _text.Outputs));

    private Verb CheckBatchTargets() => new("private static void CheckBatchTargets", [Rows, .. _parameters.PlainTargets],
        writer => WriteTargetChecks(writer, _text.OutputsOfLanes));

    private Verb CheckTargetsOfWindows() => new("private static void CheckBatchTargets", [Rows, VerbParameters.TargetsOfWindows], writer =>
    {
        writer.Line(VerbParameters.Length("targets", "rows.Lanes"));
        Stepping.WriteLanes(writer, [$"CheckTargets({SeveralHeadsWriter.Arguments(_text, "rows.Lane(lane)")}{(_text.TargetsHaveSteps ? ", rows.Length(lane)" : "")});"]);
    });

    /// <summary>The number of steps of windows of equal length.</summary>
    private Verb CheckInputs(bool hasLanes)
    {
        string width = model.Spec.Tokens ? hasLanes ? "lanes" : "1" : hasLanes ? "lanes * InputSize" : "InputSize";
        return new Verb("private static int CheckInputs", [_parameters.PlainInputs, .. hasLanes ? [new("int", "lanes")] : new Parameter[0]],
            Checked($"{Services}.Check.Steps(inputs.Length, {width}, SequenceLength, \"inputs\");"));
    }

    /// <summary>The number of steps of all windows together.</summary>
    private Verb CheckLengths() => new("private static int CheckInputs",
        [_parameters.PlainInputs, new("global::System.ReadOnlySpan<int>", "lengths"), new("int", "lanes")],
        Checked($"{Services}.Check.Lengths(lengths, SequenceLength, lanes);", VerbParameters.Length("inputs", model.Spec.Tokens ? "steps" : "steps * InputSize")));

    private IEnumerable<string> Checked(string steps, params IEnumerable<string> checks)
    {
        string[] more = [.. checks, .. _parameters.TokenCheck()];
        return more.Length == 0 ? ["return " + steps] : ["int steps = " + steps, .. more, "return steps;"];
    }

    /// <summary>The score of a window; its gradients are written.</summary>
    private static string Loss(IReadOnlyList<OutputPhrases> outputs, Func<OutputPhrases, string> targets) =>
        SeveralHeadsWriter.WindowScore(outputs, k => outputs[k].LossOfRows(targets(outputs[k])));

    /// <summary>Where Backward branches off for a tape that holds a batch, and the recorded window otherwise.</summary>
    private void WriteTurn(SourceWriter writer, string call)
    {
        if (model.Batch is not null)
        {
            using (writer.Open($"if ({Memory}.HoldsBatch(tape))"))
            {
                writer.Line(call);
            }

            writer.Line();
        }

        if (_text.Outputs.Any(o => o.ReadsSteps))
        {
            writer.Line("int steps = tape.Steps;");
        }

        writer.Line(VerbPhrases.Window("tape"));
    }

    private static void WriteGradientChecks(SourceWriter writer, IEnumerable<OutputPhrases> outputs) =>
        writer.Lines(outputs.Select(o => $"{Services}.Check.LengthOrNone({o.Gradients}.Length, {o.Length}, {Literals.Text(o.Gradients)});"));

    private static void WriteTargetChecks(SourceWriter writer, IReadOnlyList<OutputPhrases> outputs)
    {
        foreach (OutputPhrases output in outputs)
        {
            using (outputs.Count == 1 ? (IDisposable?)null : writer.Open($"if (!{output.Targets}.IsEmpty)"))
            {
                writer.Line(VerbParameters.Length(output.Targets, output.TargetLength));
                writer.Lines(output.IsClass ? [$"{Services}.Check.Targets({output.Targets}, {output.Size});"] : []);
            }
        }
    }

    private static Parameter Recording(bool isBatch) => new(
        "Tape", "tape", $"The recording{(isBatch ? " of a batch" : "")}.", "global::System.ArgumentNullException.ThrowIfNull(tape);", Check(isBatch ? "RecordedBatch" : "Recorded"));

    private static string Check(string check) => $"{Services}.Check.{check}(tape, _weights);";

    private static IReadOnlyList<(string, string)> Exceptions(string wrong, string held) =>
    [
        ("ArgumentException", $"The {wrong}, or the tape belongs to another model; nothing was changed."),
        ("InvalidOperationException", $"The tape holds no {held}, or the weights have changed since."),
    ];

    private static string OwnLoss(string of) =>
        $"Back-propagates the gradients of your own loss through time{of}. Gradients are added to the tape's sums and count as no targets: unless targets are added as well, an update does not divide them. Allocates nothing.";
}
