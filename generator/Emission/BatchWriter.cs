using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints what a model with batches has beside the rest: their memory, and Step and Forward over all lanes.</summary>
internal sealed class BatchWriter(SourceWriter writer, ModelPlan model, BatchPlan batch)
{
    private const string Services = VerbPhrases.Services;

    private readonly VerbPhrases _text = new(model);
    private readonly string _data = model.Spec.Tokens ? "int" : "float";
    private readonly string _width = model.Spec.Tokens ? "1" : "InputSize";

    /// <summary>The outputs as they are on the tape, row by row of one lane.</summary>
    private IReadOnlyList<OutputPhrases> Lane { get; } = [.. batch.Rows.Outputs.Select(o => new OutputPhrases(o, batch.Rows.Outputs.Count == 1, isLane: true))];

    public void Write()
    {
        WriteCreate();
        if (!batch.NeedsWholeWindow)
        {
            WriteStep();
        }

        WriteForward();
        WriteRecord();
        new BatchBackwardWriter(writer, batch, Lane).Write();
        WriteChecks();
        WriteBatch();
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
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(batch);");
            writer.Line("int lanes = batch.Lanes;");
            writer.Line($"{Services}.Check.Length(inputs.Length, lanes{Times(_width)}, nameof(inputs));");
            if (model.Spec.Tokens)
            {
                writer.Line($"{Services}.Check.Tokens(inputs, InputSize, nameof(inputs));");
            }

            WriteOutputChecks(output => $"lanes * {output.Size}");
            writer.Line("Kernels.StepBatch(ref _weights.Origin, inputs, batch);");
            WriteFinish();
            WriteStepOutputs(_text.Outputs, output => output.RowOf(output.Values, "lane"));
        }

        writer.Line();
    }

    private void WriteOutputChecks(Func<OutputPhrases, string> length)
    {
        foreach (OutputPhrases output in _text.Outputs)
        {
            writer.Line($"{Services}.Check.Length({output.Values}.Length, {length(output)}, nameof({output.Values}));");
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

    private void WriteStepOutputs(IEnumerable<OutputPhrases> outputs, Func<OutputPhrases, string> target)
    {
        using (writer.Open("for (int lane = 0; lane < lanes; lane++)"))
        {
            foreach (OutputPhrases output in outputs)
            {
                Operand place = output.StepOutput;
                string slice = place.Region == Region.Next ? "Slice" : "WorkSlice";
                writer.Line($"{output.Head}.Activate(batch.{slice}(lane, {Literals.Integer(place.Offset)}, {output.Size}), {target(output)});");
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
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(batch);");
            writer.Line("int lanes = batch.Lanes;");
            writer.Line("int steps = CheckBatchInputs(inputs, lanes);");
            WriteOutputChecks(output => $"lanes * {output.Length}");
            if (batch.NeedsWholeWindow)
            {
                writer.Line("batch.Rows.Set(lanes, steps);");
                writer.Line("RunWindows(batch, inputs);");
                WriteActivations("window", ["global::System.Span<float> window = batch.Window;", $"{Services}.BatchRows rows = batch.Rows;"]);
            }
            else
            {
                using (writer.Open("for (int step = 0; step < steps; step++)"))
                {
                    using (writer.Open("for (int lane = 0; lane < lanes; lane++)"))
                    {
                        writer.Line($"inputs.Slice(((lane * steps) + step){Times(_width)}, {_width}).CopyTo(batch.Inputs.Slice(lane{Times(_width)}, {_width}));");
                    }

                    writer.Line("Kernels.StepBatch(ref _weights.Origin, batch.Inputs, batch);");
                    OutputPhrases[] every = [.. _text.Outputs.Where(o => !o.IsOnce)];
                    if (every.Length > 0)
                    {
                        WriteStepOutputs(every, output => output.RowOf(output.Values, "((lane * steps) + step)"));
                    }
                }

                OutputPhrases[] once = [.. _text.Outputs.Where(o => o.IsOnce)];
                if (once.Length > 0)
                {
                    writer.Line();
                    WriteFinish();
                    WriteStepOutputs(once, output => output.RowOf(output.Values, "lane"));
                }
            }
        }

        writer.Line();
        if (batch.NeedsWholeWindow)
        {
            using (writer.Open($"private void RunWindows(Batch batch, {_text.Inputs})"))
            {
                writer.Line("global::System.Span<float> window = batch.Window;");
                writer.Line($"{Services}.BatchRows rows = batch.Rows;");
                WriteWay("window", isRecorded: false);
            }

            writer.Line();
        }
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
            ["/// <param name=\"lengths\">Steps of each lane, 1 to <see cref=\"SequenceLength\"/>; where there are fewer than lanes, the other lanes stay as they are.</param>", tape]);
        using (writer.Open($"public void Forward(Batch batch, {_text.Inputs}, global::System.ReadOnlySpan<int> lengths, Tape tape)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(batch);");
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustHoldLanes(this, lengths.Length);");
            writer.Line($"{Services}.Check.Length(inputs.Length, {Services}.Check.Lengths(lengths, SequenceLength, batch.Lanes){Times(_width)}, nameof(inputs));");
            WriteTokenCheck();
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
            WriteActivations("tape", [$"{Services}.BatchRows rows = tape.Rows;"]);
        }

        writer.Line();
        using (writer.Open($"private void RecordWindows(Batch batch, {_text.Inputs}, Tape tape)"))
        {
            writer.Line($"{Services}.BatchRows rows = tape.Rows;");
            writer.Line("tape.StartBatch();");
            WriteWay("tape", isRecorded: true);
        }

        writer.Line();
    }

    /// <summary>The heads' activations of all rows of equally long windows, in the order of the lanes.</summary>
    private void WriteActivations(string memory, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            writer.Line(line);
        }

        using (writer.Open("for (int lane = 0; lane < lanes; lane++)"))
        {
            foreach (OutputPhrases output in Lane)
            {
                string target = output.IsOnce ? "rows.Lane(lane)" : "(rows.Start(lane) + row)";
                using (writer.Open($"for (int row = 0; row < {output.Rows}; row++)"))
                {
                    writer.Line($"{output.Head}.Activate({output.OutputRow("row", memory)}, {output.RowOf(output.Values, target)});");
                }
            }
        }
    }

    /// <summary>Through all nodes, in the memory of a tape or of a batch.</summary>
    private void WriteWay(string memory, bool isRecorded)
    {
        writer.Line("int lanes = rows.Lanes;");
        WriteCopyInputs(memory, isRecorded);
        writer.Line("ref float weights = ref _weights.Origin;");
        writer.Line(isRecorded ? "ref float memory = ref tape.Memory;" : "ref float memory = ref window[0];");
        foreach (NodePlan node in batch.Rows.Nodes)
        {
            writer.Line();
            if (node is LayerPlan layer)
            {
                WriteLayer(layer, memory, isRecorded);
                continue;
            }

            using (ForEachLane(writer))
            {
                var rows = new JoinWriter(writer, isLane: true);
                if (node is JoinPlan join)
                {
                    rows.WriteForward(join);
                }
                else
                {
                    rows.WriteForward((DropoutPlan)node, isRecorded);
                }
            }
        }
    }

    private void WriteCopyInputs(string memory, bool isRecorded)
    {
        InputPlan input = batch.Rows.Input;
        using (ForEachLane(writer))
        {
            using (writer.Open("for (int step = 0; step < steps; step++)"))
            {
                writer.Line(input.IsToken
                    ? $"{(isRecorded ? "tape" : "batch")}.Tokens[(step * lanes) + lane] = inputs[rows.Start(lane) + step];"
                    : $"inputs.Slice((rows.Start(lane) + step) * InputSize, InputSize).CopyTo({memory}.Slice({VerbPhrases.Row(input.TapeOutputs, "((step * lanes) + lane)", input.OutputStride)}, InputSize));");
            }
        }

        writer.Line();
    }

    private void WriteLayer(LayerPlan layer, string memory, bool isRecorded)
    {
        writer.Line($"// {layer.Name}");
        int size = layer.States.Size;
        string first = layer.IsReverse ? "((steps * lanes) + lane)" : "(lane - lanes)";
        string last = layer.IsReverse ? "lane" : "(((steps - 1) * lanes) + lane)";
        if (size > 0)
        {
            using (ForEachLane(writer))
            {
                writer.Line($"{States(first, 0, Literals.Integer(size))}.Clear();");
                foreach (string line in CopyStates("batch", layer, (offset, length) => States(first, offset, length)))
                {
                    writer.Line(line);
                }
            }
        }

        if (isRecorded && layer.Cell.Masks.Count > 0)
        {
            using (ForEachLane(writer))
            {
                WriteMasks(layer);
            }
        }

        string tokens = !layer.ReadsTokens ? "" : isRecorded ? ", ref tape.Tokens[0]" : ", ref batch.Tokens[0]";
        writer.Line($"Kernels.{LayerFile.ClassName(layer)}.{(isRecorded ? "ForwardBatch" : "RunBatch")}(ref weights, ref memory{tokens}, rows);");
        if (size > 0)
        {
            using (ForEachLane(writer))
            {
                writer.Line($"{States(last, 0, Literals.Integer(size))}.CopyTo(batch.Slice(rows.Lane(lane), {Literals.Integer(layer.Place.State)}, {Literals.Integer(size)}));");
            }
        }

        string States(string row, int offset, string length) =>
            $"{memory}.Slice({VerbPhrases.Row(layer.TapeStatesAfter + offset, row, Lanes.Stride(size))}, {length})";
    }

    private void WriteMasks(LayerPlan layer)
    {
        int stride = Lanes.Stride(layer.Masks.Size);
        for (int k = 0; k < layer.Cell.Masks.Count; k++)
        {
            CellMask mask = layer.Cell.Masks[k];
            int start = layer.Place.TapeMasks + layer.Masks.Offsets[k];
            string size = Literals.Integer(mask.Value.Size);
            writer.Line($"tape.Draw({VerbPhrases.Row(start, "lane", stride)}, {Literals.Integer(stride)} * lanes, {size}, {(mask.EveryStep ? "steps" : "1")}, {Literals.Float(mask.Rate)}, {Literals.Float(mask.Kept)});");
            if (!mask.EveryStep)
            {
                new JoinWriter(writer, isLane: true).WriteRepeat(start, stride, mask.Value.Size);
            }
        }
    }

    /// <summary>A loop over the places of a batch's rows, each with the number of its steps.</summary>
    public static SourceWriter.Block ForEachLane(SourceWriter writer)
    {
        SourceWriter.Block loop = writer.Open("for (int lane = 0; lane < lanes; lane++)");
        writer.Line("int steps = rows.Length(lane);");
        return loop;
    }

    /// <summary>Statements that copy the states of a lane without the padding.</summary>
    public static IEnumerable<string> CopyStates(string states, LayerPlan layer, Func<int, string, string> target) =>
        from k in Enumerable.Range(0, layer.Cell.States.Count)
        let offset = layer.States.Offsets[k]
        let length = Literals.Integer(layer.Cell.States[k].Size)
        select $"{states}.Slice(rows.Lane(lane), {Literals.Integer(layer.Place.State + offset)}, {length}).CopyTo({target(offset, length)});";

    private void WriteChecks()
    {
        using (writer.Open($"private static int CheckBatchInputs({_text.Inputs}, int lanes)"))
        {
            writer.Line($"int steps = {Services}.Check.Steps(inputs.Length, lanes{Times(_width)}, SequenceLength, nameof(inputs));");
            WriteTokenCheck();
            writer.Line("return steps;");
        }

        writer.Line();
    }

    private void WriteTokenCheck()
    {
        if (model.Spec.Tokens)
        {
            writer.Line($"{Services}.Check.Tokens(inputs, InputSize, nameof(inputs));");
        }
    }

    private void WriteWindowDocs(string summary, IEnumerable<string> parameters)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line("/// <param name=\"batch\">The streams.</param>");
        writer.Line(model.Spec.Tokens
            ? "/// <param name=\"inputs\">The windows, lane by lane, 1 to <see cref=\"SequenceLength\"/> tokens each.</param>"
            : "/// <param name=\"inputs\">The windows, lane by lane, each [steps x InputSize], 1 to <see cref=\"SequenceLength\"/> steps.</param>");
        foreach (string parameter in parameters)
        {
            writer.Line(parameter);
        }

        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length, or spans overlap, or the tape is another model's or too small; nothing was changed.</exception>");
    }

    private static string AsLanes(string documentation) => documentation.Replace("Takes [", "Takes, lane by lane, [");

    private void WriteBatch()
    {
        writer.Line("/// <summary>The memory of several streams of one model that go on together; all zero when it is created.</summary>");
        using (writer.Open("public sealed class Batch : global::RnnGen.Batch"))
        {
            string stride = Literals.Integer(batch.WorkStride);
            string lanes = batch.NeedsWholeWindow ? "BatchSize" : "lanes";
            writer.Line($$"""
                internal Batch(int lanes, bool isStream = true)
                    : base(State.Slots, lanes, BatchSize, {{Literals.Integer(batch.StateStride)}}, isStream ? {{batch.WorkSize}} : 0)
                {
                    if (isStream)
                    {
                        {{(batch.NeedsWholeWindow ? "Rows" : "_inputs")}} = new {{(batch.NeedsWholeWindow ? $"{Services}.BatchRows(lanes)" : $"{_data}[lanes{Times(_width)}]")}};{{(batch.NeedsWholeWindow && model.Spec.Tokens ? "\n        _tokens = new int[BatchSize * SequenceLength];" : "")}}
                    }
                }
                """);
            writer.Line();
            writer.Line(batch.NeedsWholeWindow
                ? $$"""
                internal {{Services}}.BatchRows Rows { get; } = null!;

                internal global::System.Span<float> Window => WorkSpan;
                {{(model.Spec.Tokens ? "\nprivate readonly int[] _tokens = [];\n\ninternal global::System.Span<int> Tokens => _tokens;\n" : "")}}
                """
                : $$"""
                private readonly {{_data}}[] _inputs = [];

                internal global::System.Span<{{_data}}> Inputs => _inputs;

                internal ref float Now => ref NowOrigin;

                internal ref float Next => ref NextOrigin;

                internal ref float Scratch => ref WorkOrigin;

                internal ref float Work => ref global::System.Runtime.CompilerServices.Unsafe.Add(ref WorkOrigin, {{Literals.Integer(batch.ScratchSize)}});

                internal global::System.Span<float> WorkSlice(int lane, int start, int length) => WorkSpan.Slice({{Literals.Integer(batch.ScratchSize)}} + (lane * {{stride}}) + start, length);

                internal void MoveOn() => Advance();

                """);
            writer.Line("""
                internal global::System.Span<float> Slice(int lane, int start, int length) => Lane(lane).Slice(start, length);

                /// <summary>Takes over a stream, which stays as it is.</summary>
                /// <param name="lane">The lane, in 0 .. Lanes - 1.</param>
                /// <param name="state">The stream.</param>
                /// <exception cref="global::System.ArgumentOutOfRangeException">There is no such lane.</exception>
                public void CopyIn(int lane, State state) => Read(lane, state);

                /// <summary>Hands a lane over to a stream, which goes on from there; the lane stays as it is.</summary>
                /// <param name="lane">The lane, in 0 .. Lanes - 1.</param>
                /// <param name="state">The stream.</param>
                /// <exception cref="global::System.ArgumentOutOfRangeException">There is no such lane.</exception>
                public void CopyOut(int lane, State state) => Write(lane, state);
                """);
        }

        writer.Line();
    }

    private static string Times(string width) => width == "1" ? "" : $" * {width}";
}
