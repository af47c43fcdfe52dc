using System.Globalization;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Backward, from targets or from the gradients of the user's own loss, over a window or over the windows of a batch.</summary>
internal sealed class BackwardVerbs(ModelPlan model, bool isBatch)
{
    private const string Check = VerbPhrases.Services + ".Check";
    private const string Memory = VerbPhrases.Memory;

    private static readonly Parameter Rows = new(VerbPhrases.Services + ".BatchRows", "rows");

    private readonly VerbPhrases _text = new(model, isBatch);
    private readonly VerbParameters _parameters = new(model);
    private readonly string _through = isBatch ? "BackThroughBatch" : "BackThroughTime";
    private readonly Parameter _finalStates = new(isBatch ? "Batch?" : "State?", "finalStateGradients");

    private bool IsSingle => _text.Outputs.Count == 1;

    private string GradientArguments => string.Join(", ", _text.Outputs.Select(o => o.Names.Gradients));

    public IEnumerable<Verb> All() => !isBatch ?
    [
        .. model.HasHead ? [FromTargets()] : new Verb[0],
        FromGradients(), BackThrough(),
        .. model.HasHead ? [CheckTargets()] : new Verb[0],
        CheckInputs(Windows.Single),
    ] :
    [
        .. model.HasHead ? [CheckTargets(), FromTargetsOfLanes()] : new Verb[0],
        .. IsSingle ? new Verb[0] : [CheckTargetsOfWindows(), FromTargetsOfWindows()],
        FromGradients(), FromGradientsOfLanes(), BackThrough(), CheckInputs(Windows.Equal), CheckInputs(Windows.Different),
    ];

    private Verb FromTargets()
    {
        string losses = string.Join(", ", _text.Outputs.Select(o => $"{o.Weight.ToString(CultureInfo.InvariantCulture)} times the mean {o.Loss} of {o.Names.Head}"));
        return new Verb(
            "public float Backward",
            [Recording(), .. _parameters.Targets()],
            writer =>
            {
                WriteTurn(writer, [$"return BackwardOfBatch(tape, {_text.TargetArguments});"]);
                writer.Line(_text.CheckTargets);
                writer.Line($"global::RnnGen.Score score = {Loss(o => o.Names.Targets)};");
                WriteEnd(writer);
            },
            Summary: "Computes the loss of the recorded window and back-propagates it through time. "
                + "Gradients, loss and number of targets are added to the tape's sums; "
                + (IsSingle
                    ? "the gradients are those of the sum of the losses, which an update divides by the number of targets."
                    : "the window counts as one target, or as none if all of its targets are ignored.")
                + " Allocates nothing.",
            Returns: $"The {(IsSingle ? $"mean {_text.Outputs[0].Loss}" : $"sum of {losses}")}; NaN if all targets are ignored.",
            Exceptions: Exceptions("targets have the wrong length or invalid values"),
            Hint: JitHint.AggressiveOptimization | JitHint.NoInlining);
    }

    private Verb FromTargetsOfLanes() => FromTargets([VerbParameters.Tape, .. _parameters.PlainTargets], _text.TargetArguments, o => o.TargetsOfWindow);

    private Verb FromTargetsOfWindows()
    {
        Parameter tape = VerbParameters.Tape with { Checks = [$"{Check}.Recorded(tape, _weights);"] };
        return FromTargets([tape, VerbParameters.TargetsOfWindows], "targets", o => o.TargetsIn("rows.Lane(lane)"));
    }

    private Verb FromTargets(IReadOnlyList<Parameter> parameters, string arguments, Func<OutputPhrases, string> ofLane) => new(
        "private float BackwardOfBatch",
        parameters,
        writer =>
        {
            writer.Lines([VerbPhrases.Rows("tape"), $"CheckBatchTargets(rows, {arguments});"]);
            writer.Lines([VerbPhrases.Window("tape"), "global::RnnGen.Score score = default;"]);
            _text.WriteEach(writer, [$"score += {Loss(ofLane)};"]);
            WriteEnd(writer);
        },
        Hint: JitHint.AggressiveOptimization | JitHint.NoInlining);

    private Verb FromGradients() => new(
        "public void Backward",
        [
            Recording(), .. _parameters.Gradients(isBatch),
            _finalStates with { Meaning = $"The gradients of the states after the window{(isBatch ? "s" : "")}; null for zeros." },
        ],
        writer =>
        {
            if (isBatch)
            {
                writer.Line($"BackwardOfBatch(tape, {GradientArguments}, finalStateGradients);");
                return;
            }

            WriteTurn(writer, [$"{Check}.NoState(finalStateGradients);", $"BackwardOfBatch(tape, {GradientArguments}, null);", "return;"]);
            WriteFromGradients(writer);
        },
        Summary: $"Back-propagates the gradients of your own loss through time{(isBatch ? " over the windows of a batch" : "")}. "
            + "Gradients are added to the tape's sums and count as no targets: unless targets are added as well, an update does not divide them. Allocates nothing.",
        Exceptions: Exceptions("gradients have the wrong length"),
        Hint: isBatch ? JitHint.None : JitHint.AggressiveOptimization | JitHint.NoInlining,
        Attributes: isBatch ? "[global::System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]" : "");

    private Verb FromGradientsOfLanes() => new(
        "private void BackwardOfBatch",
        [VerbParameters.Tape, .. _parameters.Gradients(isBatch), _finalStates],
        writer =>
        {
            writer.Line(VerbPhrases.Rows("tape"));
            WriteFromGradients(writer);
        },
        Hint: JitHint.AggressiveOptimization | JitHint.NoInlining);

    private Verb BackThrough() => new($"private void {_through}", [VerbParameters.Tape, _finalStates],
        writer => WalkText.WriteBackward(writer, model, isBatch));

    private Verb CheckTargets() => new(
        $"private static void {(isBatch ? "CheckBatchTargets" : "CheckTargets")}",
        [.. isBatch ? [Rows] : new Parameter[0], .. _parameters.PlainTargets, .. !isBatch && _text.TargetsHaveSteps ? [new("int", "steps")] : new Parameter[0]],
        writer =>
        {
            foreach (OutputPhrases output in _text.Outputs)
            {
                using (IsSingle ? (IDisposable?)null : writer.Open($"if (!{output.Names.Targets}.IsEmpty)"))
                {
                    writer.Line(output.IsOfWindow ? $"{output.LossOfHead}.Check({output.Names.Targets}, {(isBatch ? "rows" : "steps")}, {Literals.Text(output.Names.Targets)});"
                        : VerbParameters.Length(output.Names.Targets, output.TargetLength));
                    writer.Lines(output.IsClass && !output.IsOfWindow ? [$"{Check}.Targets({output.Names.Targets}, {output.Names.Size});"] : []);
                }
            }
        });

    private Verb CheckTargetsOfWindows() => new("private static void CheckBatchTargets", [Rows, VerbParameters.TargetsOfWindows], writer =>
    {
        writer.Line(VerbParameters.Length("targets", "rows.Lanes"));
        string targets = SeveralHeadsWriter.Arguments(_text, "rows.Lane(lane)");
        _text.WriteEach(writer, [$"CheckTargets({targets}{(_text.TargetsHaveSteps ? ", rows.Length(lane)" : "")});"]);
    });

    /// <summary>Gives the number of steps: of each window or, if they differ, of all together.</summary>
    private Verb CheckInputs(Windows windows)
    {
        bool differ = windows == Windows.Different;
        string[] row = [.. isBatch ? ["lanes"] : new string[0], .. model.Spec.Tokens ? [] : new[] { "InputSize" }];
        string steps = differ
            ? $"{Check}.Lengths(lengths, SequenceLength, lanes);"
            : $"{Check}.Steps(inputs.Length, {(row.Length == 0 ? "1" : string.Join(" * ", row))}, SequenceLength, \"inputs\");";
        string length = VerbParameters.Length("inputs", model.Spec.Tokens ? "steps" : "steps * InputSize");
        string finite = windows switch
        {
            Windows.Single => "OfWindow(inputs, InputSize)",
            Windows.Equal => "OfWindows(inputs, InputSize, steps)",
            _ => "OfWindows(inputs, InputSize, lengths)",
        };
        string[] more = [.. differ ? [length] : new string[0], .. _parameters.TokenCheck(), .. _parameters.FiniteCheck(finite)];
        return new Verb(
            "private static int CheckInputs",
            [
                _parameters.PlainInputs, .. differ ? [new("global::System.ReadOnlySpan<int>", "lengths")] : new Parameter[0],
                .. isBatch ? [new("int", "lanes")] : new Parameter[0],
            ],
            writer => writer.Lines(more.Length == 0 ? ["return " + steps] : ["int steps = " + steps, .. more, "return steps;"]));
    }

    /// <summary>The score of a window; its gradients are written.</summary>
    private string Loss(Func<OutputPhrases, string> targets) =>
        SeveralHeadsWriter.WindowScore(_text.Outputs, k => _text.Outputs[k].LossOfRows(targets(_text.Outputs[k])));

    private void WriteEnd(SourceWriter writer) => writer.Lines([$"{_through}(tape, null);", $"return {Memory}.Add(tape, score);"]);

    /// <summary>Where Backward branches off for a tape that holds a batch, and the recorded window otherwise.</summary>
    private void WriteTurn(SourceWriter writer, IEnumerable<string> ofBatch)
    {
        if (model.Batch is not null)
        {
            writer.Block($"if ({Memory}.HoldsBatch(tape))", ofBatch);
        }

        writer.Lines(_text.Outputs.Any(o => o.ReadsSteps) ? ["int steps = tape.Steps;"] : []);
        writer.Line(VerbPhrases.Window("tape"));
    }

    private void WriteFromGradients(SourceWriter writer)
    {
        writer.Lines(_text.Outputs.Select(o => $"{Check}.LengthOrNone({o.Names.Gradients}.Length, {o.Length}, {Literals.Text(o.Names.Gradients)});"));
        writer.Lines(isBatch ? [$"{Check}.Lanes(finalStateGradients, rows.Lanes, \"finalStateGradients\");", VerbPhrases.Window("tape")] : []);
        _text.WriteEach(writer, _text.Outputs.Select(o => o.Backward(o.GradientsOfWindow)));
        writer.Line($"{_through}(tape, finalStateGradients);");
    }

    private Parameter Recording() => new(
        "Tape", "tape", $"The recording{(isBatch ? " of a batch" : "")}.",
        "global::System.ArgumentNullException.ThrowIfNull(tape);", $"{Check}.Recorded{(isBatch ? "Batch" : "")}(tape, _weights);");

    private (string, string)[] Exceptions(string wrong) =>
    [
        ("ArgumentException", $"The {wrong}, or the tape belongs to another model; nothing was changed."),
        ("InvalidOperationException", $"The tape holds no {(isBatch ? "batch" : "window")}, or the weights have changed since."),
    ];
}
