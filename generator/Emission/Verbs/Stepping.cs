using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>Prints the steps of streams and windows, and what is done with the outputs of each step.</summary>
internal sealed class Stepping(ModelPlan model)
{
    private const string Memory = VerbPhrases.Memory;

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
            writer.Line(use(output, OutputOf(output, "state")));
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
                    writer.Line(use(output, OutputOf(output, "state"), "step"));
                }
            }
        }

        if (_text.Outputs.Any(o => o.IsOnce))
        {
            writer.Line();
            WriteFinish(writer);
            foreach (OutputPhrases output in _text.Outputs.Where(o => o.IsOnce))
            {
                writer.Line(use(output, OutputOf(output, "state"), null));
            }
        }
    }

    /// <summary>All steps of the windows of a batch.</summary>
    public void WriteWindows(SourceWriter writer, Func<OutputPhrases, string, string, string> use)
    {
        writer.Line($"{Memory}.LayOut(batch);");
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
        writer.Line($"{Memory}.EndSteps(batch);");
        OutputPhrases[] once = [.. _text.Outputs.Where(o => o.IsOnce)];
        if (once.Length > 0)
        {
            WriteFinishBatch(writer);
            WriteLanes(writer, once, "rows.Lanes", (output, values) => use(output, values, "0"));
        }

        writer.Line($"{Memory}.PutBack(batch);");
    }

    /// <summary>The outputs of a step of all lanes.</summary>
    public void WriteLanes(SourceWriter writer, IEnumerable<OutputPhrases> outputs, string lanes, Func<OutputPhrases, string, string> use)
    {
        using (writer.Open($"for (int lane = 0; lane < {lanes}; lane++)"))
        {
            foreach (OutputPhrases output in outputs)
            {
                writer.Line(use(output, OutputOf(output, "batch, lane")));
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

    /// <summary>The layers that run once per window, for a stream.</summary>
    private void WriteFinish(SourceWriter writer)
    {
        if (HasFinish)
        {
            writer.Line("Kernels.Finish(ref _weights.Origin, state);");
        }
    }

    /// <summary>An output of the step before, ahead of the head's activation.</summary>
    private static string OutputOf(OutputPhrases output, string stream)
    {
        Operand place = output.StepOutput;
        return $"{Memory}.{(place.Region == Region.Next ? "States" : "Work")}({stream}, {Literals.Integer(place.Offset)}, {output.Size})";
    }

    /// <summary>Runs the windows of a batch without recording them.</summary>
    /// <param name="writer">The text.</param>
    /// <param name="use">What happens to a row of an output, given its values and the name of its step.</param>
    public void WriteAllWindows(SourceWriter writer, Func<OutputPhrases, string, string, string> use)
    {
        if (model.NeedsWholeWindow)
        {
            writer.Line("RunWindows(batch, inputs);");
            WriteRowsOfLanes(writer, "batch", use);
        }
        else
        {
            WriteWindows(writer, use);
        }
    }

    /// <summary>The rows of all lanes of windows that are in memory as a whole.</summary>
    public void WriteRowsOfLanes(SourceWriter writer, string owner, Func<OutputPhrases, string, string, string> use)
    {
        writer.Line(VerbPhrases.Window(owner));
        writer.Line("int lanes = rows.Lanes;");
        using (writer.Open("for (int lane = 0; lane < lanes; lane++)"))
        {
            WriteStepsOfLane(writer);
            WriteRows(writer, _text.OutputsOfLanes, isLane: true, (output, values, row) => use(output, values, row ?? "0"));
        }
    }

    /// <summary>What is done with each row of a window that is in memory as a whole.</summary>
    public static void WriteRows(SourceWriter writer, IEnumerable<OutputPhrases> outputs, bool isLane, Func<OutputPhrases, string, string?, string> use)
    {
        foreach (OutputPhrases output in outputs)
        {
            WriteEachRow(writer, output, row => use(output, output.OutputRow(row), output.IsOnce && !isLane ? null : row));
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
    public void WriteStepsOfLane(SourceWriter writer)
    {
        if (_text.OutputsOfLanes.Any(o => o.ReadsSteps))
        {
            writer.Line("int steps = rows.Length(lane);");
        }
    }

    /// <summary>A new or reset stream starts from the learned initial states.</summary>
    public void WriteStart(SourceWriter writer, Windows windows = Windows.Single, string recorder = "")
    {
        if (model.LearnsInitialState)
        {
            writer.Line($"{Memory}.Start({(windows == Windows.Single ? "state" : "batch")}, _weights{recorder});");
        }
    }
}
