using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints what a model with batches has beside the rest: their memory, and Step and Forward over all lanes.</summary>
internal sealed class BatchWriter(SourceWriter writer, ModelPlan model, BatchPlan batch)
{
    private const string Services = VerbPhrases.Services;
    private const string LengthsParameter = "global::System.ReadOnlySpan<int> lengths";
    private const string LengthsDoc =
        "/// <param name=\"lengths\">Steps of each lane, 1 to <see cref=\"SequenceLength\"/>; where there are fewer than lanes, the other lanes stay as they are.</param>";

    private readonly VerbPhrases _text = new(model);
    private readonly string _width = model.Spec.Tokens ? "1" : "InputSize";

    /// <summary>The outputs as they are on the tape, row by row of one lane.</summary>
    private IReadOnlyList<OutputPhrases> Lane { get; } = [.. model.Outputs.Select(o => new OutputPhrases(model, o, isLane: true))];

    public void Write()
    {
        WriteCreate();
        if (!model.NeedsWholeWindow)
        {
            WriteStep();
        }

        WriteForward();
        if (model.HasHead)
        {
            WriteEvaluate();
        }

        WriteRecord();
        new BatchBackwardWriter(writer, model, Lane).Write();
        WriteChecks();
        new BatchMemoryWriter(writer, model, batch).Write();
    }

    private void WriteCreate()
    {
        writer.Line($$"""
            /// <summary>The most sequences that a batch advances together.</summary>
            public const int BatchSize = {{Literals.Integer(batch.Size)}};

            /// <summary>The memory of <see cref="BatchSize"/> streams that go on together, all zero.</summary>
            /// <returns>The batch.</returns>
            public Batch CreateBatch() => new(BatchSize);

            /// <summary>The memory of some streams that go on together, all zero.</summary>
            /// <param name="lanes">How many, 1 to <see cref="BatchSize"/>.</param>
            /// <returns>The batch.</returns>
            /// <exception cref="global::System.ArgumentOutOfRangeException">There are less lanes than one, or more than BatchSize.</exception>
            public Batch CreateBatch(int lanes) => new(lanes);

            /// <summary>The training memory of one worker that records batches, or single windows.</summary>
            /// <returns>The tape.</returns>
            public Tape CreateBatchTape() => new(_weights, BatchSize);

            """);
    }

    private void WriteStep()
    {
        writer.Line("/// <summary>One step of all lanes: reads the inputs, moves the states on, writes the outputs. Allocates nothing.</summary>");
        writer.Line("/// <param name=\"batch\">The streams.</param>");
        writer.Line(model.Spec.Tokens
            ? "/// <param name=\"inputs\">One token for each lane, in 0 .. InputSize - 1.</param>"
            : "/// <param name=\"inputs\">[lanes x InputSize].</param>");
        foreach (OutputPhrases output in _text.Outputs)
        {
            writer.Line($"/// <param name=\"{output.Values}\">Takes [lanes x {output.Size}]{output.Meaning}.</param>");
        }

        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length, or they overlap; nothing was changed.</exception>");
        using (writer.Open($"public void Step(Batch batch, {_text.Inputs}, {_text.OutputParameters})"))
        {
            WriteStreamCheck();
            writer.Line("int lanes = batch.Lanes;");
            writer.Line($"{Services}.Check.Length(inputs.Length, lanes{Times(_width)}, \"inputs\");");
            if (model.Spec.Tokens)
            {
                writer.Line($"{Services}.Check.Tokens(inputs, InputSize, \"inputs\");");
            }

            WriteOutputChecks(output => $"lanes * {output.Size}");
            writer.Line("Kernels.StepBatch(ref _weights.Origin, inputs, batch, lanes);");
            WriteFinish();
            WriteStepOutputs(_text.Outputs, (output, values) => $"{output.Head}.Activate({values}, {output.RowOf(output.Values, "lane")});");
        }

        writer.Line();
    }

    private void WriteOutputChecks(Func<OutputPhrases, string> length)
    {
        foreach (OutputPhrases output in _text.Outputs)
        {
            writer.Line($"{Services}.Check.Length({output.Values}.Length, {length(output)}, {Literals.Text(output.Values)});");
            if (!model.Spec.Tokens)
            {
                writer.Line($"{Services}.Check.Apart(inputs, {output.Values});");
            }
        }
    }

    private void WriteFinish()
    {
        if (model.Nodes.Any(n => n.RunsOnce))
        {
            writer.Line("Kernels.FinishBatch(ref _weights.Origin, batch);");
        }
    }

    private void WriteStepOutputs(IEnumerable<OutputPhrases> outputs, Func<OutputPhrases, string, string> use, string lanes = "lanes")
    {
        using (writer.Open($"for (int lane = 0; lane < {lanes}; lane++)"))
        {
            foreach (OutputPhrases output in outputs)
            {
                Operand place = output.StepOutput;
                string slice = place.Region == Region.Next ? "Slice" : "WorkSlice";
                writer.Line(use(output, $"batch.{slice}(lane, {Literals.Integer(place.Offset)}, {output.Size})"));
            }
        }
    }

    private void WriteForward()
    {
        WriteWindowDocs(
            "Windows of equal length, one per lane, in one call. The states go on from where they are; reset them to start new sequences. Allocates nothing.",
            _text.OutputDocs.Select(AsLanes));
        using (writer.Open($"public void Forward(Batch batch, {_text.Inputs}, {_text.OutputParameters})"))
        {
            WriteStreamCheck();
            writer.Line("int lanes = batch.Lanes;");
            writer.Line("int steps = CheckBatchInputs(inputs, lanes);");
            WriteOutputChecks(output => $"lanes * {output.Length}");
            writer.Line("batch.Rows.Set(lanes, steps);");
            writer.Line($"ForwardWindows(batch, inputs, {_text.OutputArguments});");
        }

        writer.Line();
        WriteWindowDocs(
            "Windows of different lengths, one per lane, in one call. The states go on from where they are, each to the end of its window. Allocates nothing.",
            _text.OutputDocs.Select(AsLanes).Prepend(LengthsDoc));
        using (writer.Open($"public void Forward(Batch batch, {_text.Inputs}, {LengthsParameter}, {_text.OutputParameters})"))
        {
            WriteStreamCheck();
            WriteLengthsChecks();
            writer.Line("batch.Rows.Set(lengths);");
            writer.Line($"ForwardWindows(batch, inputs, {_text.OutputArguments});");
        }

        writer.Line();
        using (writer.Open($"private void ForwardWindows(Batch batch, {_text.Inputs}, {_text.OutputParameters})"))
        {
            WriteWindows(Activation);
        }

        writer.Line();
        if (model.NeedsWholeWindow)
        {
            using (writer.Open($"private void RunWindows(Batch batch, {_text.Inputs})"))
            {
                writer.Line("global::System.Span<float> window = batch.Window;");
                writer.Line($"{Services}.BatchRows rows = batch.Rows;");
                new ModelWalk(writer, model, isBatch: true).WriteForward("window", isRecorded: false);
            }
        }
        else
        {
            writer.Line("/// <summary>A step of the windows that have it, which are those of the first lanes.</summary>");
            using (writer.Open($"private int StepWindows(Batch batch, {_text.Inputs}, int step)"))
            {
                writer.Line($"{Services}.BatchRows rows = batch.Rows;");
                writer.Line($"global::System.Span<{_text.Input}> inputsOfStep = batch.Inputs;");
                writer.Line("int lanes = rows.Active(step);");
                using (writer.Open("for (int lane = 0; lane < lanes; lane++)"))
                {
                    writer.Line($"inputs.Slice((rows.Start(lane) + step){Times(_width)}, {_width}).CopyTo(inputsOfStep.Slice(lane{Times(_width)}, {_width}));");
                }

                writer.Line();
                writer.Line("Kernels.StepBatch(ref _weights.Origin, inputsOfStep, batch, lanes);");
                writer.Line("return lanes;");
            }
        }

        writer.Line();
    }

    private void WriteLengthsChecks()
    {
        writer.Line($"{(_text.TargetsHaveSteps ? "int steps = " : "")}CheckBatchInputs(batch, inputs, lengths);");
        WriteOutputChecks(output => $"{(output.IsOnce ? "lengths.Length" : "steps")} * {output.Size}");
    }

    /// <summary>A batch of gradients has no memory for steps.</summary>
    private void WriteStreamCheck()
    {
        writer.Line("global::System.ArgumentNullException.ThrowIfNull(batch);");
        writer.Line("batch.MustStream();");
    }

    /// <summary>Runs the windows of a batch without recording them.</summary>
    /// <param name="use">What happens to a row of an output, given its values and the name of its step.</param>
    private void WriteWindows(Func<OutputPhrases, string, string, string> use)
    {
        writer.Line($"{Services}.BatchRows rows = batch.Rows;");
        if (model.NeedsWholeWindow)
        {
            writer.Line("RunWindows(batch, inputs);");
            writer.Line("global::System.Span<float> window = batch.Window;");
            WriteRows("window", use);
            return;
        }

        writer.Line("batch.Arrange(rows);");
        using (writer.Open("for (int step = 0; step < rows.Steps; step++)"))
        {
            OutputPhrases[] every = [.. _text.Outputs.Where(o => !o.IsOnce)];
            writer.Line($"{(every.Length > 0 ? "int lanes = " : "")}StepWindows(batch, inputs, step);");
            if (every.Length > 0)
            {
                WriteStepOutputs(every, (output, values) => use(output, values, "step"));
            }
        }

        writer.Line();
        writer.Line("batch.Settle(rows);");
        OutputPhrases[] once = [.. _text.Outputs.Where(o => o.IsOnce)];
        if (once.Length > 0)
        {
            WriteFinish();
            WriteStepOutputs(once, (output, values) => use(output, values, "0"), "rows.Lanes");
        }

        writer.Line("batch.Restore(rows);");
    }

    /// <summary>The same for windows whose rows are all in memory.</summary>
    private void WriteRows(string memory, Func<OutputPhrases, string, string, string> use)
    {
        writer.Line("int lanes = rows.Lanes;");
        using (ForEachLane(writer))
        {
            foreach (OutputPhrases output in Lane)
            {
                using (writer.Open($"for (int row = 0; row < {output.Rows}; row++)"))
                {
                    writer.Line(use(output, output.OutputRow("row", memory), "row"));
                }
            }
        }
    }

    private static string Activation(OutputPhrases output, string values, string row) =>
        $"{output.Head}.Activate({values}, {output.RowOf(output.Values, RowOfLane(output, row))});";

    /// <summary>The row in what a caller hands over lane by lane.</summary>
    public static string RowOfLane(OutputPhrases output, string row) => output.IsOnce ? "rows.Lane(lane)" : $"(rows.Start(lane) + {row})";

    private void WriteEvaluate()
    {
        bool single = _text.Outputs.Count == 1;
        WriteWindowDocs(
            "Loss and hits of windows of different lengths, one per lane. The states go on from where they are, each to the end of its window. Needs no tape and allocates nothing.",
            (single
                ? _text.TargetDocs.Select(doc => doc.Replace("\"targets\">", "\"targets\">Lane by lane. "))
                : ["/// <param name=\"targets\">One for each lane.</param>"]).Prepend(LengthsDoc)
            .Append($"/// <returns>The score{(single ? "" : ": each lane counts as one target, with the weighted sum of its heads' mean losses and the hits of all, or as none if all its targets are ignored")}.</returns>"));
        using (writer.Open($"public global::RnnGen.Score Evaluate(Batch batch, {_text.Inputs}, {LengthsParameter}, {(single ? _text.TargetParameters : SeveralHeadsWriter.Targets)})"))
        {
            WriteStreamCheck();
            writer.Line("CheckBatchInputs(batch, inputs, lengths);");
            writer.Line("batch.Rows.Set(lengths);");
            writer.Line("CheckBatchTargets(batch.Rows, targets);");
            writer.Line("global::System.Span<global::RnnGen.Score> scores = batch.Scores;");
            writer.Line("scores.Clear();");
            WriteWindows((output, values, row) => single
                ? $"scores[lane] += {output.ScoreCall(values, output.TargetOf(RowOfLane(output, row)))};"
                : $"scores[{Index(output)}] += targets[rows.Lane(lane)].{output.Member}.Span is {{ IsEmpty: false }} {output.Targets} ? {output.ScoreCall(values, output.TargetOf(output.IsOnce ? null : row))} : default;");
            writer.Line();
            writer.Line("global::RnnGen.Score score = default;");
            using (writer.Open("for (int place = 0; place < rows.Lanes; place++)"))
            {
                writer.Line(single ? "score += scores[place];" : $"score += {SeveralHeadsWriter.WindowScore(_text.Outputs, k => $"scores[{Place("place", k)}]")};");
            }

            writer.Line();
            writer.Line("return score;");
        }

        writer.Line();

        string Index(OutputPhrases output) => Place("lane", _text.Outputs.TakeWhile(o => o.Name != output.Name).Count());

        string Place(string lane, int head) => $"({lane} * {Literals.Integer(_text.Outputs.Count)}) + {Literals.Integer(head)}";
    }

    private void WriteRecord()
    {
        string tape = "/// <param name=\"tape\">Takes the recording, of <see cref=\"CreateBatchTape\"/>; it replaces the one before.</param>";
        WriteWindowDocs("Windows of equal length, one per lane, that are recorded for Backward. The states go on from where they are. Allocates nothing.", [tape]);
        using (writer.Open($"public void Forward(Batch batch, {_text.Inputs}, Tape tape)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(batch);");
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustHoldLanes(this, batch.Lanes);");
            writer.Line("int steps = CheckBatchInputs(inputs, batch.Lanes);");
            writer.Line("tape.Rows.Set(batch.Lanes, steps);");
            writer.Line("RecordWindows(batch, inputs, tape);");
        }

        writer.Line();
        WriteWindowDocs(
            "Windows of different lengths, one per lane, that are recorded for Backward. The states go on from where they are. Allocates nothing.",
            [LengthsDoc, tape]);
        using (writer.Open($"public void Forward(Batch batch, {_text.Inputs}, {LengthsParameter}, Tape tape)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(batch);");
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustHoldLanes(this, lengths.Length);");
            writer.Line("CheckBatchInputs(batch, inputs, lengths);");
            writer.Line("tape.Rows.Set(lengths);");
            writer.Line("RecordWindows(batch, inputs, tape);");
        }

        writer.Line();
        WriteWindowDocs(
            "Windows of equal length, one per lane, that are recorded for Backward, with their outputs. Allocates nothing.",
            _text.OutputDocs.Select(AsLanes).Append(tape));
        using (writer.Open($"public void Forward(Batch batch, {_text.Inputs}, {_text.OutputParameters}, Tape tape)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(batch);");
            writer.Line("int lanes = batch.Lanes;");
            writer.Line("int steps = CheckBatchInputs(inputs, lanes);");
            WriteOutputChecks(output => $"lanes * {output.Length}");
            writer.Line("Forward(batch, inputs, tape);");
            writer.Line($"ActivateRecorded(tape, {_text.OutputArguments});");
        }

        writer.Line();
        WriteWindowDocs(
            "Windows of different lengths, one per lane, that are recorded for Backward, with their outputs. Allocates nothing.",
            _text.OutputDocs.Select(AsLanes).Prepend(LengthsDoc).Append(tape));
        using (writer.Open($"public void Forward(Batch batch, {_text.Inputs}, {LengthsParameter}, {_text.OutputParameters}, Tape tape)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(batch);");
            WriteLengthsChecks();
            writer.Line("Forward(batch, inputs, lengths, tape);");
            writer.Line($"ActivateRecorded(tape, {_text.OutputArguments});");
        }

        writer.Line();
        using (writer.Open($"private static void ActivateRecorded(Tape tape, {_text.OutputParameters})"))
        {
            writer.Line($"{Services}.BatchRows rows = tape.Rows;");
            WriteRows("tape", Activation);
        }

        writer.Line();
        using (writer.Open($"private void RecordWindows(Batch batch, {_text.Inputs}, Tape tape)"))
        {
            writer.Line($"{Services}.BatchRows rows = tape.Rows;");
            writer.Line("tape.StartBatch();");
            new ModelWalk(writer, model, isBatch: true).WriteForward("tape", isRecorded: true);
        }

        writer.Line();
    }

    /// <summary>A loop over the places of a batch's rows, each with the number of its steps.</summary>
    public static SourceWriter.Block ForEachLane(SourceWriter writer)
    {
        SourceWriter.Block loop = writer.Open("for (int lane = 0; lane < lanes; lane++)");
        writer.Line("int steps = rows.Length(lane);");
        return loop;
    }

    private void WriteChecks()
    {
        using (writer.Open($"private static int CheckBatchInputs({_text.Inputs}, int lanes)"))
        {
            writer.Line($"int steps = {Services}.Check.Steps(inputs.Length, lanes{Times(_width)}, SequenceLength, \"inputs\");");
            WriteTokenCheck();
            writer.Line("return steps;");
        }

        writer.Line();
        using (writer.Open($"private static int CheckBatchInputs(Batch batch, {_text.Inputs}, {LengthsParameter})"))
        {
            writer.Line($"int steps = {Services}.Check.Lengths(lengths, SequenceLength, batch.Lanes);");
            writer.Line($"{Services}.Check.Length(inputs.Length, steps{Times(_width)}, \"inputs\");");
            WriteTokenCheck();
            writer.Line("return steps;");
        }

        writer.Line();
    }

    private void WriteTokenCheck()
    {
        if (model.Spec.Tokens)
        {
            writer.Line($"{Services}.Check.Tokens(inputs, InputSize, \"inputs\");");
        }
    }

    private void WriteWindowDocs(string summary, IEnumerable<string> parameters)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line("/// <param name=\"batch\">The streams.</param>");
        writer.Line(model.Spec.Tokens
            ? "/// <param name=\"inputs\">The windows, lane by lane, 1 to <see cref=\"SequenceLength\"/> tokens each.</param>"
            : "/// <param name=\"inputs\">The windows, lane by lane, each [steps x InputSize], 1 to <see cref=\"SequenceLength\"/> steps.</param>");
        string tape = "";
        foreach (string parameter in parameters)
        {
            writer.Line(parameter);
            tape = parameter.Contains("\"tape\"") ? ", or the tape is another model's or too small" : tape;
        }

        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length or range, or spans overlap{tape}; nothing was changed.</exception>");
    }

    private static string AsLanes(string documentation) => documentation.Replace("Takes [", "Takes, lane by lane, [");

    private static string Times(string width) => width == "1" ? "" : $" * {width}";
}
