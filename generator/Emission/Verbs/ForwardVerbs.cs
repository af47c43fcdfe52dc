using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Step and Forward, for a stream and for the lanes of a batch.</summary>
internal sealed class ForwardVerbs(ModelPlan model)
{
    private const string Memory = VerbPhrases.Memory;

    private static readonly Parameter Batch = new("Batch", "batch");
    private static readonly OutputUse Activate = new((output, values) => output.Activate(values, output.StepRow), output => output.ActivateRows);
    private static readonly (string, string) WrongSpan = ("ArgumentException", "A span has the wrong length or invalid values, or spans overlap; nothing was changed.");

    private readonly VerbPhrases _text = new(model);
    private readonly VerbParameters _parameters = new(model);
    private readonly Stepping _stepping = new(model);

    public IEnumerable<Verb> OfStreams() =>
    [
        model.NeedsWholeWindow ? NoStep() : Step(isBatch: false), Forward(Windows.Single),
        .. model.NeedsWholeWindow ? [RunWindow()] : new Verb[0],
        Warmup(), Record(Windows.Single, givesOutputs: false), Record(Windows.Single, givesOutputs: true),
    ];

    public IEnumerable<Verb> OfBatches() =>
    [
        .. model.NeedsWholeWindow ? new Verb[0] : [Step(isBatch: true)],
        Forward(Windows.Equal), Forward(Windows.Different), ForwardWindows(),
        .. model.NeedsWholeWindow ? [RunWindows()] : new Verb[0],
        Record(Windows.Equal, givesOutputs: false), Record(Windows.Different, givesOutputs: false),
        Record(Windows.Equal, givesOutputs: true), Record(Windows.Different, givesOutputs: true), RecordWindows(), ActivateRecorded(),
    ];

    private Verb Step(bool isBatch)
    {
        Parameter stream = _parameters.Stream(isBatch ? Windows.Equal : Windows.Single);
        return new Verb("public void Step", [stream, _parameters.StepInput(isBatch), .. _parameters.StepOutputs(isBatch)], writer =>
        {
            if (isBatch)
            {
                _stepping.WriteStart(writer, Windows.Equal);
                writer.Line("Kernels.StepBatch(ref _weights.Origin, inputs, batch, lanes);");
                _stepping.WriteFinishBatch(writer);
                Stepping.WriteLanes(writer, _text.OutputsOfLanes.Select(o => o.Activate(o.StepValues, "lane")), "lanes");
            }
            else
            {
                _stepping.WriteStep(writer, model.Spec.Tokens ? "(nuint)token" : "inputs", (output, values) => output.Activate(values, row: null));
            }
        })
        {
            Summary = isBatch
                ? "One step of all lanes: reads the inputs, advances the states, writes the outputs. Allocates nothing."
                : "One step of a stream: reads the input, advances the state, writes the output. Allocates nothing.",
            Exceptions =
            [
                ("ArgumentException", "A span has the wrong length, or spans overlap; nothing was changed."),
                .. model.Spec.Tokens ? [("ArgumentOutOfRangeException", "A token is not in the vocabulary.")] : new (string, string)[0],
            ],
            Hint = isBatch ? JitHint.None : JitHint.AggressiveOptimization,
        };
    }

    /// <summary>What a model that needs whole windows has instead of a step: its use is a compiler error with an explanation.</summary>
    private Verb NoStep()
    {
        string reverse = model.Layers.First(l => l.IsReverse).Spec.Name;
        return new Verb("public void Step",
            [new("State", "state", "The stream."), new(model.Spec.Tokens ? "int" : _text.InputType, "input", "The input."), .. _text.Outputs.Select(o => new Parameter("global::System.Span<float>", o.Values, "The output."))],
            writer => writer.Line("throw new global::System.NotSupportedException();"))
        {
            Summary = $"There is no single step: {reverse} runs from the end of a window to its start. Call Forward.",
            Attributes = $"""
                [global::System.Obsolete("There is no single step: '{reverse}' runs from the end of a window to its start. Call Forward with the whole window.", error: true, DiagnosticId = "{DiagnosticIds.NoStep}", UrlFormat = "{HelpLinks.For(DiagnosticIds.NoStep)}")]
                [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
                """,
        };
    }

    private Verb Forward(Windows windows) => new("public void Forward",
        [_parameters.Stream(windows), .. _parameters.Inputs(windows), .. _parameters.Outputs(windows)],
        writer =>
        {
            if (windows == Windows.Single)
            {
                _stepping.WriteWindow(writer, Activate);
            }
            else
            {
                WriteBatch(writer, windows, "batch", $"ForwardWindows(batch, inputs, {_text.OutputArguments});");
            }
        })
    {
        Summary = $"Runs {windows.Subject()}. {windows.Continues()} Allocates nothing.",
        Exceptions = [WrongSpan],
        Hint = windows == Windows.Single ? JitHint.AggressiveOptimization : JitHint.None,
    };

    private Verb Record(Windows windows, bool givesOutputs) => new("public void Forward",
        [
            _parameters.Stream(windows, isStepped: false), .. _parameters.Inputs(windows), .. givesOutputs ? _parameters.Outputs(windows) : [],
            givesOutputs ? _parameters.Recorder(windows) with { Checks = [] } : _parameters.Recorder(windows),
        ],
        writer =>
        {
            bool isSingle = windows == Windows.Single;
            if (givesOutputs)
            {
                writer.Line($"Forward({(isSingle ? "state" : "batch")}, inputs, {(windows == Windows.Different ? "lengths, " : "")}tape);");
                writer.Lines(isSingle ? [VerbPhrases.Window("tape"), .. _text.Outputs.Select(o => o.ActivateRows)] : [$"ActivateRecorded(tape, {_text.OutputArguments});"]);
            }
            else if (isSingle)
            {
                writer.Line($"{Memory}.Begin(tape, steps);");
                _stepping.WriteStart(writer, rows: ", tape");
                WalkText.WriteForward(writer, model, isBatch: false, isRecorded: true);
            }
            else
            {
                WriteBatch(writer, windows, "tape", "RecordWindows(batch, inputs, tape);");
            }
        })
    {
        Summary = $"Records {windows.Subject()}{(givesOutputs ? ", and writes the outputs" : "")}. {windows.Continues()} Allocates nothing.",
        Exceptions = [("ArgumentException", "A span has the wrong length or invalid values, spans overlap, or the tape belongs to another model or is too small; nothing was changed.")],
    };

    private Verb Warmup() => new("public void Warmup", [], writer =>
    {
        const int Enough = 32;
        string Outputs(Func<OutputPhrases, string> length) => string.Concat(_text.Outputs.Select(o => $", new float[{length(o)}]"));
        writer.Line("State state = CreateState();");
        if (!model.NeedsWholeWindow)
        {
            writer.Line($"Step(state, {(model.Spec.Tokens ? "0" : "new float[InputSize]")}{Outputs(o => o.Size)});");
        }

        writer.Line($"const int steps = {Literals.Integer(Math.Min(model.Spec.SequenceLength, Enough))};");
        writer.Line($"Forward(state, {(model.Spec.Tokens ? "new int[steps]" : "new float[steps * InputSize]")}{Outputs(o => o.Length)});");
    })
    {
        Summary = $"Compiles {(model.NeedsWholeWindow ? "Forward" : "Step and Forward")} in advance, so that the first call takes no longer than later ones. Changes neither the model nor any state.",
    };

    private Verb RunWindow() => new("private void RunWindow", [new("State", "state"), _parameters.PlainInputs, new("int", "steps")],
        writer => WalkText.WriteForward(writer, model, isBatch: false, isRecorded: false));

    private Verb ForwardWindows() => Verb.OfRows("private void ForwardWindows", "batch", [Batch, _parameters.PlainInputs, .. _parameters.PlainOutputs], writer => _stepping.WriteWindows(writer, Activate));

    private Verb RunWindows() => Verb.OfRows("private void RunWindows", "batch", [Batch, _parameters.PlainInputs], writer => WalkText.WriteForward(writer, model, isBatch: true, isRecorded: false));

    private Verb RecordWindows() => Verb.OfRows("private void RecordWindows", "tape", [Batch, _parameters.PlainInputs, VerbParameters.Tape], writer =>
    {
        writer.Line($"{Memory}.BeginBatch(tape);");
        WalkText.WriteForward(writer, model, isBatch: true, isRecorded: true);
    });

    private Verb ActivateRecorded() => Verb.OfRows("private static void ActivateRecorded", "tape", [VerbParameters.Tape, .. _parameters.PlainOutputs], writer =>
    {
        writer.Line(VerbPhrases.Window("tape"));
        Stepping.WriteLanes(writer, _text.OutputsOfLanes.Select(o => o.ActivateRows));
    });

    /// <summary>Lays out the windows of a batch in the rows of a batch or tape, and runs them.</summary>
    private void WriteBatch(SourceWriter writer, Windows windows, string owner, string run)
    {
        writer.Line($"{Memory}.Rows({owner}).Set({(windows == Windows.Equal ? "batch.Lanes, steps" : "lengths")});");
        _stepping.WriteStart(writer, windows, $", {Memory}.Rows({owner})");
        writer.Line(run);
    }
}
