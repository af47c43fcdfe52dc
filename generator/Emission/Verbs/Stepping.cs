using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Prints the steps of streams and windows, and what is done with the outputs of each step.</summary>
internal sealed class Stepping(ModelPlan model)
{
    private readonly VerbPhrases _text = new(model);

    private bool HasFinish => model.Nodes.Any(n => n.RunsOnce);

    /// <summary>One step of a stream.</summary>
    public void WriteStep(SourceWriter writer, string input, Func<OutputPhrases, string, string> use)
    {
        string call = $"Kernels.Step(ref _weights.Origin, {input}, state)";
        if (model.StepGivesOutput)
        {
            writer.Line(use(_text.Outputs[0], call));
            return;
        }

        writer.Line(call + ";");
        WriteFinish(writer);
        foreach (OutputPhrases output in _text.Outputs)
        {
            writer.Line(use(output, OutputOf(output)));
        }
    }

    /// <summary>All steps of a window.</summary>
    public void WriteWindow(SourceWriter writer, Func<OutputPhrases, string, string?, string> use)
    {
        string call = model.Spec.Tokens
            ? "Kernels.Step(ref _weights.Origin, (nuint)inputs[step], state)"
            : model.SplitLayer is null
            ? "Kernels.Step(ref _weights.Origin, inputs.Slice(step * InputSize, InputSize), state)"
            : "Kernels.StepOfWindow(ref _weights.Origin, inputs, step, steps, state)";
        using (writer.Open("for (int step = 0; step < steps; step++)"))
        {
            if (model.StepGivesOutput && !_text.Outputs[0].IsOnce)
            {
                writer.Line(use(_text.Outputs[0], call, "step"));
            }
            else
            {
                writer.Line(call + ";");
                foreach (OutputPhrases output in _text.Outputs.Where(o => !o.IsOnce))
                {
                    writer.Line(use(output, OutputOf(output), "step"));
                }
            }
        }

        if (_text.Outputs.Any(o => o.IsOnce))
        {
            writer.Line();
            WriteFinish(writer);
            foreach (OutputPhrases output in _text.Outputs.Where(o => o.IsOnce))
            {
                writer.Line(use(output, OutputOf(output), null));
            }
        }
    }

    /// <summary>All steps of the windows of a batch.</summary>
    public void WriteWindows(SourceWriter writer, Func<OutputPhrases, string, string, string> use)
    {
        writer.Line("batch.Arrange(rows);");
        using (writer.Open("for (int step = 0; step < rows.Steps; step++)"))
        {
            OutputPhrases[] every = [.. _text.Outputs.Where(o => !o.IsOnce)];
            writer.Line($"{(every.Length > 0 ? "int lanes = " : "")}StepWindows(batch, inputs, step);");
            if (every.Length > 0)
            {
                WriteLanes(writer, every, "lanes", (output, values) => use(output, values, "step"));
            }
        }

        writer.Line();
        writer.Line("batch.Settle(rows);");
        OutputPhrases[] once = [.. _text.Outputs.Where(o => o.IsOnce)];
        if (once.Length > 0)
        {
            WriteFinishBatch(writer);
            WriteLanes(writer, once, "rows.Lanes", (output, values) => use(output, values, "0"));
        }

        writer.Line("batch.Restore(rows);");
    }

    /// <summary>The outputs of a step of all lanes.</summary>
    public void WriteLanes(SourceWriter writer, IEnumerable<OutputPhrases> outputs, string lanes, Func<OutputPhrases, string, string> use)
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

    /// <summary>The layers that run once per window, for all lanes.</summary>
    public void WriteFinishBatch(SourceWriter writer)
    {
        if (HasFinish)
        {
            writer.Line("Kernels.FinishBatch(ref _weights.Origin, batch);");
        }
    }

    /// <summary>With several outputs, the layers that run once per window are called first and the outputs read afterwards; a single output is returned by that call.</summary>
    private void WriteFinish(SourceWriter writer)
    {
        if (_text.Outputs.Count > 1 && HasFinish)
        {
            writer.Line("Kernels.Finish(ref _weights.Origin, state);");
        }
    }

    private static string OutputOf(OutputPhrases output) =>
        output.Name.Length == 0 ? "Kernels.Finish(ref _weights.Origin, state)" : $"Kernels.{output.Name}Output(state)";

    /// <summary>Runs the windows of a batch without recording them.</summary>
    /// <param name="writer">The text.</param>
    /// <param name="use">What happens to a row of an output, given its values and the name of its step.</param>
    public void WriteAllWindows(SourceWriter writer, Func<OutputPhrases, string, string, string> use)
    {
        writer.Line($"{VerbPhrases.Services}.BatchRows rows = batch.Rows;");
        if (model.NeedsWholeWindow)
        {
            writer.Line("RunWindows(batch, inputs);");
            writer.Line("global::System.Span<float> window = batch.Window;");
            WriteRowsOfLanes(writer, "window", use);
        }
        else
        {
            WriteWindows(writer, use);
        }
    }

    public void WriteRowsOfLanes(SourceWriter writer, string memory, Func<OutputPhrases, string, string, string> use)
    {
        writer.Line("int lanes = rows.Lanes;");
        using (writer.Open("for (int lane = 0; lane < lanes; lane++)"))
        {
            WriteStepsOfLane(writer);
            WriteRows(writer, _text.OutputsOfLanes, memory, isLane: true, (output, values, row) => use(output, values, row ?? "0"));
        }
    }

    /// <summary>What is done with each row of a window that is in memory as a whole.</summary>
    public static void WriteRows(SourceWriter writer, IEnumerable<OutputPhrases> outputs, string memory, bool isLane, Func<OutputPhrases, string, string?, string> use)
    {
        foreach (OutputPhrases output in outputs)
        {
            WriteEachRow(writer, output, row => use(output, output.OutputRow(row, memory), output.IsOnce && !isLane ? null : row));
        }
    }

    /// <summary>What is done with each row of an output, or with its only one.</summary>
    public static void WriteEachRow(SourceWriter writer, OutputPhrases output, Func<string, string> line)
    {
        if (output.IsOnce)
        {
            writer.Line(line("0"));
            return;
        }

        using (writer.Open("for (int row = 0; row < steps; row++)"))
        {
            writer.Line(line("row"));
        }
    }

    /// <summary>The number of steps of the lane at hand, where something asks for it.</summary>
    public void WriteStepsOfLane(SourceWriter writer, string rows = "rows")
    {
        if (_text.OutputsOfLanes.Any(o => o.ReadsSteps))
        {
            writer.Line($"int steps = {rows}.Length(lane);");
        }
    }

    /// <summary>A new or reset stream starts from the learned initial states.</summary>
    public void WriteStart(SourceWriter writer, Windows windows = Windows.Single, string rows = "", string use = "")
    {
        if (model.LearnsInitialState)
        {
            writer.Line($"{use}{(windows == Windows.Single ? "state" : "batch")}.Start({rows}_weights);");
        }
    }
}
