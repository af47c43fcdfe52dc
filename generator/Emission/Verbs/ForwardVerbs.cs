using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Step and Forward, for a stream and for the lanes of a batch.</summary>
internal sealed class ForwardVerbs(ModelPlan model)
{
    private const string Services = VerbPhrases.Services;
    private const string Memory = VerbPhrases.Memory;
    private static readonly (string, string) WrongSpan = ("ArgumentException", "A span has the wrong length or invalid values, or spans overlap; nothing was changed.");
    private static readonly (string, string) WrongTape = ("ArgumentException", "A span has the wrong length or invalid values, spans overlap, or the tape belongs to another model or is too small; nothing was changed.");

    private readonly VerbPhrases _text = new(model);
    private readonly VerbParameters _parameters = new(model);
    private readonly Stepping _stepping = new(model);

    public IEnumerable<Verb> OfStreams() =>
    [
        model.NeedsWholeWindow ? NoStep() : Step(isBatch: false), Forward(Windows.Single),
        .. model.NeedsWholeWindow ? [RunWindow()] : new Verb[0],
        Warmup(), Record(Windows.Single), RecordWithOutputs(Windows.Single),
    ];

    public IEnumerable<Verb> OfBatches() =>
    [
        .. model.NeedsWholeWindow ? new Verb[0] : [Step(isBatch: true)],
        Forward(Windows.Equal), Forward(Windows.Different), ForwardWindows(), model.NeedsWholeWindow ? RunWindows() : StepWindows(),
        Record(Windows.Equal), Record(Windows.Different), RecordWithOutputs(Windows.Equal), RecordWithOutputs(Windows.Different), RecordWindows(), ActivateRecorded(),
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
                _stepping.WriteLanes(writer, _text.Outputs, "lanes", (output, values) => output.Activate(values, output.RowOf(output.Values, "lane")));
            }
            else
            {
                _stepping.WriteStart(writer);
                _stepping.WriteStep(writer, model.Spec.Tokens ? "(nuint)token" : "inputs", (output, values) => output.Activate(values, output.Values));
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
            if (windows != Windows.Single)
            {
                writer.Line($"{Memory}.Rows(batch).Set({Rows(windows)});");
                _stepping.WriteStart(writer, windows, $", {Memory}.Rows(batch)");
                writer.Line($"ForwardWindows(batch, inputs, {_text.OutputArguments});");
                return;
            }

            _stepping.WriteStart(writer);
            if (model.NeedsWholeWindow)
            {
                writer.Line("global::System.Span<float> window = RunWindow(state, inputs, steps);");
                Stepping.WriteRows(writer, _text.Outputs, isLane: false, Activate);
            }
            else
            {
                _stepping.WriteWindow(writer, Activate);
            }
        })
    {
        Summary = $"Runs {windows.Subject()}. {windows.Continues()} Allocates nothing.",
        Exceptions = [WrongSpan],
        Hint = windows == Windows.Single ? JitHint.AggressiveOptimization : JitHint.None,
    };

    private Verb Record(Windows windows) => new("public void Forward",
        [_parameters.Stream(windows, isStepped: false), .. _parameters.Inputs(windows), _parameters.Recorder(windows)],
        writer =>
        {
            if (windows != Windows.Single)
            {
                writer.Line($"{Memory}.Rows(tape).Set({Rows(windows)});");
                _stepping.WriteStart(writer, windows, $", {Memory}.Rows(tape)");
                writer.Line("RecordWindows(batch, inputs, tape);");
                return;
            }

            writer.Line($"{Memory}.Begin(tape, steps);");
            _stepping.WriteStart(writer, recorder: ", tape");
            WalkText.WriteForward(writer, model, isBatch: false, isRecorded: true);
        })
    {
        Summary = $"Records {windows.Subject()}. {windows.Continues()} Allocates nothing.",
        Exceptions = [WrongTape],
    };

    private Verb RecordWithOutputs(Windows windows) => new("public void Forward",
        [_parameters.Stream(windows, isStepped: false), .. _parameters.Inputs(windows), .. _parameters.Outputs(windows), _parameters.Recorder(windows) with { Checks = [] }],
        writer =>
        {
            bool isSingle = windows == Windows.Single;
            writer.Line($"Forward({(isSingle ? "state" : "batch")}, inputs, {(windows == Windows.Different ? "lengths, " : "")}tape);");
            if (isSingle)
            {
                writer.Line(VerbPhrases.Window("tape"));
                Stepping.WriteRows(writer, _text.Outputs, isLane: false, Activate);
            }
            else
            {
                writer.Line($"ActivateRecorded(tape, {_text.OutputArguments});");
            }
        })
    {
        Summary = $"Records {windows.Subject()}, and writes the outputs. {windows.Continues()} Allocates nothing.",
        Exceptions = [WrongTape],
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

    private Verb RunWindow() => new("private global::System.Span<float> RunWindow",
        [new("State", "state", ""), new(_text.InputType, "inputs", ""), new("int", "steps", "")],
        writer =>
        {
            WalkText.WriteForward(writer, model, isBatch: false, isRecorded: false);
            writer.Line();
            writer.Line("return window;");
        });

    private Verb ForwardWindows() => new("private void ForwardWindows", [new("Batch", "batch", ""), new(_text.InputType, "inputs", ""), .. PlainOutputs()],
        writer =>
        {
            writer.Line($"{Services}.BatchRows rows = {Memory}.Rows(batch);");
            _stepping.WriteAllWindows(writer, (output, values, row) => Activate(output, values, output.RowOfLane(row)));
        });

    private Verb RunWindows() => new("private void RunWindows", [new("Batch", "batch", ""), new(_text.InputType, "inputs", "")], writer =>
    {
        writer.Line($"{Services}.BatchRows rows = {Memory}.Rows(batch);");
        WalkText.WriteForward(writer, model, isBatch: true, isRecorded: false);
    });

    private Verb StepWindows() => new("private int StepWindows", [new("Batch", "batch", ""), new(_text.InputType, "inputs", ""), new("int", "step", "")], writer =>
    {
        string times = model.Spec.Tokens ? "" : " * InputSize";
        string width = model.Spec.Tokens ? "1" : "InputSize";
        writer.Line("// The lanes that have this step come first.");
        writer.Line($"{Services}.BatchRows rows = {Memory}.Rows(batch);");
        writer.Line($"global::System.Span<{_text.Input}> inputsOfStep = {Memory}.{(model.Spec.Tokens ? "Tokens" : "Inputs")}(batch);");
        writer.Line("int lanes = rows.Active(step);");
        using (writer.Open("for (int lane = 0; lane < lanes; lane++)"))
        {
            writer.Line($"inputs.Slice((rows.Start(lane) + step){times}, {width}).CopyTo(inputsOfStep.Slice(lane{times}, {width}));");
        }

        writer.Line();
        writer.Line("Kernels.StepBatch(ref _weights.Origin, inputsOfStep, batch, lanes);");
        writer.Line("return lanes;");
    });

    private Verb RecordWindows() => new("private void RecordWindows", [new("Batch", "batch", ""), new(_text.InputType, "inputs", ""), new("Tape", "tape", "")], writer =>
    {
        writer.Line($"{Services}.BatchRows rows = {Memory}.Rows(tape);");
        writer.Line($"{Memory}.BeginBatch(tape);");
        WalkText.WriteForward(writer, model, isBatch: true, isRecorded: true);
    });

    private Verb ActivateRecorded() => new("private static void ActivateRecorded", [new("Tape", "tape", ""), .. PlainOutputs()], writer =>
    {
        writer.Line($"{Services}.BatchRows rows = {Memory}.Rows(tape);");
        _stepping.WriteRowsOfLanes(writer, "tape", (output, values, row) => Activate(output, values, output.RowOfLane(row)));
    });

    private IEnumerable<Parameter> PlainOutputs() => _text.Outputs.Select(o => new Parameter("global::System.Span<float>", o.Values, ""));

    private static string Activate(OutputPhrases output, string values, string? row) =>
        output.Activate(values, row is null ? output.Values : output.RowOf(output.Values, row));

    private static string Rows(Windows windows) => windows == Windows.Equal ? "batch.Lanes, steps" : "lengths";
}
