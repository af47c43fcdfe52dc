using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using Index = RnnGen.Generator.Programs.Index;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Step and Forward, for a stream or for the lanes of a batch.</summary>
internal sealed class ForwardVerbs(ModelPlan model, bool isBatch)
{
    private const string Memory = VerbPhrases.Memory;

    private static readonly OutputUse Activate = new((output, values) => output.Activate(values, output.StepRow), output => output.ActivateRows);

    private readonly VerbPhrases _text = new(model, isBatch);
    private readonly VerbParameters _parameters = new(model);
    private readonly Stepping _stepping = new(model, isBatch);
    private readonly ManyStreams _many = new(model);
    private readonly bool _takesMemory = model.Together is StreamsTogether.AsLanes or StreamsTogether.InVectors;
    private readonly Parameter _stream = new(isBatch ? "Batch" : "State", isBatch ? "batch" : "state");

    public IEnumerable<Verb> All() => !isBatch ?
    [
        .. model.NeedsWholeWindow ? [NoStep()] : (Verb[])[Step(), StepOfMany()],
        Forward(Windows.Single),
        .. model.Window is not null ? [Run()] : new Verb[0],
        Warmup(), Record(Windows.Single), RecordWithOutputs(Windows.Single),
    ] :
    [
        .. model.NeedsWholeWindow ? new Verb[0] : [Step()],
        Forward(Windows.Equal), Forward(Windows.Different), ForwardWindows(),
        .. model.NeedsWholeWindow ? [Run()] : new Verb[0],
        Record(Windows.Equal), Record(Windows.Different), RecordWithOutputs(Windows.Equal), RecordWithOutputs(Windows.Different),
        RecordWindows(), ActivateRecorded(),
    ];

    private Verb Step() => isBatch
        ? Step($"One step of all lanes: reads the inputs, advances the states, writes the outputs.{_stepping.Held} Allocates nothing.",
            [_parameters.Stream(Windows.Equal), _parameters.StepInputs("lane", "lanes", "int lanes = batch.Lanes;"), .. _parameters.StepOutputs("lane", "lanes")],
            writer => _stepping.WriteStep(writer, (output, values) => output.Activate(values, "lane")), JitHint.None)
        : Step($"One step of a stream: reads the input, advances the state, writes the output.{_stepping.Held} Allocates nothing.",
            [_parameters.Stream(Windows.Single), _parameters.StepInput(), .. _parameters.StepOutputs()],
            writer => _stepping.WriteStep(writer, (output, values) => output.Activate(values, null)), JitHint.AggressiveOptimization);

    /// <summary>A step of each of many streams: arguments are checked once for all of them.</summary>
    private Verb StepOfMany() => Step(
        "One step of each of many streams, in one call."
            + Together()
            + $"{_stepping.Held} Allocates nothing{(_takesMemory ? ", but once for each thread that calls it at the same time" : "")}.",
        [
            new("global::System.ReadOnlySpan<State>", "states", "The streams. One that is there twice takes two steps, the first one first.", $"{VerbPhrases.Services}.Check.Streams(states);"),
            _parameters.StepInputs("stream", "states.Length"), .. _parameters.StepOutputs("stream", "states.Length"),
        ],
        _many.Write,
        JitHint.AggressiveOptimization | JitHint.NoInlining);

    private string Together()
    {
        string bits = model.TogetherKeepsBits ? "." : ": results differ from those of single steps in the last bits.";
        return model.Together switch
        {
            StreamsTogether.AsLanes => " Eight at a time take it together, for which each weight is read once" + bits,
            StreamsTogether.InVectors => " Several take it together, as the elements of vectors" + bits,
            StreamsTogether.InPairs => " Two at a time take it together" + bits,
            _ => "",
        };
    }

    private Verb Step(string summary, IReadOnlyList<Parameter> parameters, Action<SourceWriter> body, JitHint hint) =>
        new("public void Step", parameters, body, summary, Exceptions: _parameters.StepExceptions, Hint: hint);

    /// <summary>What a model that needs whole windows has instead of a step: its use is a compiler error with an explanation.</summary>
    private Verb NoStep()
    {
        string reverse = model.Layers.First(l => l.IsReverse).Spec.Name;
        string error = $"There is no single step: '{reverse}' runs from the end of a window to its start. Call Forward with the whole window.";
        string help = $"DiagnosticId = \"{DiagnosticIds.NoStep}\", UrlFormat = \"{HelpLinks.For(DiagnosticIds.NoStep)}\"";
        return new Verb(
            "public void Step",
            [
                _stream with { Meaning = "The stream." }, new(model.Spec.Tokens ? "int" : _text.InputType, "input", "The input."),
                .. _parameters.PlainOutputs.Select(output => output with { Meaning = "The output." }),
            ],
            writer => writer.Line("throw new global::System.NotSupportedException();"),
            Summary: $"There is no single step: {reverse} runs from the end of a window to its start. Call Forward.",
            Attributes: $"""
                [global::System.Obsolete("{error}", error: true, {help})]
                [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
                """);
    }

    private Verb Forward(Windows windows) => new(
        "public void Forward",
        [_parameters.Stream(windows), .. _parameters.Inputs(windows), .. _parameters.Outputs(windows)],
        isBatch ? writer => WriteBatch(writer, windows, "batch", $"ForwardWindows(batch, inputs, {_text.OutputArguments});") : writer =>
        {
            _stepping.WriteStart(writer);
            _stepping.WriteWindows(writer, Activate);
        },
        Summary: $"Runs {windows.Subject()}. {windows.Continues()}{_stepping.Held} Allocates nothing.",
        Exceptions: [("ArgumentException", "A span has the wrong length or invalid values, or spans overlap; nothing was changed.")],
        Hint: isBatch ? JitHint.None : JitHint.AggressiveOptimization | JitHint.NoInlining);

    private Verb Record(Windows windows) => Record(windows, _parameters.Recorder(windows), [], "", isBatch
        ? writer => WriteBatch(writer, windows, "tape", "RecordWindows(batch, inputs, tape);")
        : writer =>
        {
            writer.Line($"{Memory}.Begin(tape, steps);");
            _stepping.WriteStart(writer, ", tape");
            WalkText.WriteForward(writer, model, isBatch, isRecorded: true);
        });

    private Verb RecordWithOutputs(Windows windows) =>
        Record(windows, _parameters.Recorder(windows) with { Checks = [] }, _parameters.Outputs(windows), ", and writes the outputs", writer =>
        {
            writer.Line($"Forward({_stream.Name}, inputs, {(windows == Windows.Different ? "lengths, " : "")}tape);");
            writer.Lines(isBatch
                ? [$"ActivateRecorded(tape, {_text.OutputArguments});"]
                : [VerbPhrases.Window("tape"), .. _text.Outputs.Select(o => o.ActivateRows)]);
        });

    private Verb Record(Windows windows, Parameter tape, IEnumerable<Parameter> outputs, string also, Action<SourceWriter> body) => new(
        "public void Forward",
        [_parameters.Stream(windows, isStepped: false), .. _parameters.Inputs(windows), .. outputs, tape],
        body,
        Summary: $"Records {windows.Subject()}{also}. {windows.Continues()} Allocates nothing.",
        Exceptions: [("ArgumentException", "A span has the wrong length or invalid values, spans overlap, "
            + "or the tape belongs to another model or is too small; nothing was changed.")]);

    private Verb Warmup() => new("public void Warmup", [], writer =>
    {
        const int Enough = 32;
        string Outputs(Func<OutputPhrases, string> length) => string.Concat(_text.Outputs.Select(o => $", new float[{length(o)}]"));
        writer.Line("State state = CreateState();");
        writer.Lines(model.NeedsWholeWindow ? [] : [$"Step(state, {(model.Spec.Tokens ? "0" : "new float[InputSize]")}{Outputs(o => o.Names.Size)});"]);
        writer.Line($"const int steps = {Literals.Integer(Math.Min(model.Spec.SequenceLength, Enough))};");
        writer.Line($"Forward(state, {(model.Spec.Tokens ? "new int[steps]" : "new float[steps * InputSize]")}{Outputs(o => o.Length)});");
    },
        Summary: $"Compiles {(model.NeedsWholeWindow ? "Forward" : "Step and Forward")} in advance, "
            + "so that the first call takes no longer than later ones. Changes neither the model nor any state.");

    private Verb Run() => new(
        isBatch ? "private void RunWindows" : "private void RunWindow",
        [_stream, _parameters.PlainInputs, .. isBatch ? [] : new Parameter[] { new("int", "steps") }],
        writer => WalkText.WriteForward(writer, model, isBatch, isRecorded: false),
        Hint: isBatch ? JitHint.None : JitHint.AggressiveOptimization);

    private Verb ForwardWindows() => new("private void ForwardWindows", [_stream, _parameters.PlainInputs, .. _parameters.PlainOutputs], writer =>
    {
        writer.Line(VerbPhrases.Rows("batch"));
        _stepping.WriteWindows(writer, Activate);
    });

    private Verb RecordWindows() => new("private void RecordWindows", [_stream, _parameters.PlainInputs, VerbParameters.Tape],
        writer => WalkText.WriteForward(writer, model, isBatch, isRecorded: true));

    private Verb ActivateRecorded() => new("private static void ActivateRecorded", [VerbParameters.Tape, .. _parameters.PlainOutputs], writer =>
    {
        writer.Lines([VerbPhrases.Rows("tape"), VerbPhrases.Window("tape")]);
        _text.WriteEach(writer, _text.Outputs.Select(o => o.ActivateRows));
    });

    /// <summary>Lays out the windows of a batch in the rows of a batch or tape, and runs them.</summary>
    private void WriteBatch(SourceWriter writer, Windows windows, string owner, string run)
    {
        writer.Line($"{Memory}.Rows({owner}).Set({(windows == Windows.Equal ? "batch.Lanes, steps" : "lengths")});");
        _stepping.WriteStart(writer, $", {Memory}.Rows({owner})");
        writer.Line(run);
    }
}
