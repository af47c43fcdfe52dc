using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>What a verb does with an output, as a statement.</summary>
/// <param name="OfStep">With that of the step at hand, given its values.</param>
/// <param name="OfWindow">With all rows of a window that is in memory as a whole.</param>
internal sealed record OutputUse(Func<OutputPhrases, string, string> OfStep, Func<OutputPhrases, string> OfWindow);

/// <summary>Prints the steps of streams and windows, and what is done with their outputs.</summary>
internal sealed class Stepping(ModelPlan model)
{
    private const string Memory = VerbPhrases.Memory;

    private readonly VerbPhrases _text = new(model);

    private bool HasFinish => model.Nodes.Any(n => n.RunsOnce);

    /// <summary>One step of a stream.</summary>
    public void WriteStep(SourceWriter writer, string input, Func<OutputPhrases, string, string> use)
    {
        WriteStart(writer);
        WriteStep(writer, $"Kernels.Step(ref _weights.Origin, {input}, state)", _text.Outputs, use);
    }

    /// <summary>A window of a stream.</summary>
    public void WriteWindow(SourceWriter writer, OutputUse use)
    {
        WriteStart(writer);
        if (model.NeedsWholeWindow)
        {
            writer.Line("RunWindow(state, inputs, steps);");
            writer.Line(VerbPhrases.Window("state"));
            writer.Lines(_text.Outputs.Select(use.OfWindow));
            return;
        }

        string call = model.Spec.Tokens
            ? "Kernels.Step(ref _weights.Origin, (nuint)inputs[step], state)"
            : model.SplitLayer is null
            ? "Kernels.Step(ref _weights.Origin, inputs.Slice(step * InputSize, InputSize), state)"
            : "Kernels.StepOfWindow(ref _weights.Origin, inputs, step, steps, state)";
        using (writer.Open("for (int step = 0; step < steps; step++)"))
        {
            WriteStep(writer, call, [.. _text.Outputs.Where(o => !o.IsOnce)], use.OfStep);
        }

        WriteOutputs(writer, [.. _text.Outputs.Where(o => o.IsOnce)], use.OfStep);
    }

    /// <summary>The windows of a batch, whose rows are set.</summary>
    public void WriteWindows(SourceWriter writer, OutputUse use)
    {
        if (model.NeedsWholeWindow)
        {
            writer.Line("RunWindows(batch, inputs);");
            writer.Line(VerbPhrases.Window("batch"));
            WriteLanes(writer, _text.OutputsOfLanes.Select(use.OfWindow));
            return;
        }

        writer.Line($"{Memory}.LayOut(batch);");
        using (writer.Open("for (int step = 0; step < rows.Steps; step++)"))
        {
            string inputs = $"{Memory}.{(model.Spec.Tokens ? "Tokens" : "Inputs")}(batch)";
            writer.Line($"int lanes = rows.Gather(inputs, step, {inputs}, {(model.Spec.Tokens ? "1" : "InputSize")});");
            writer.Line($"Kernels.StepBatch(ref _weights.Origin, {inputs}, batch, lanes);");
            WriteLanes(writer, UsesOfLane(once: false), "lanes");
        }

        writer.Line();
        writer.Line($"{Memory}.EndSteps(batch);");
        WriteFinishBatch(writer);
        WriteLanes(writer, UsesOfLane(once: true));
        writer.Line($"{Memory}.PutBack(batch);");

        IEnumerable<string> UsesOfLane(bool once) => _text.OutputsOfLanes.Where(o => o.IsOnce == once).Select(o => use.OfStep(o, o.StepValues));
    }

    /// <summary>Statements for each lane, if there are any.</summary>
    public static void WriteLanes(SourceWriter writer, IEnumerable<string> statements, string lanes = "rows.Lanes")
    {
        if (statements.Any())
        {
            using (writer.Open($"for (int lane = 0; lane < {lanes}; lane++)"))
            {
                writer.Lines(statements);
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

    /// <summary>A new or reset stream starts from the learned initial states.</summary>
    public void WriteStart(SourceWriter writer, Windows windows = Windows.Single, string rows = "")
    {
        if (model.LearnsInitialState)
        {
            writer.Line($"{Memory}.Start({(windows == Windows.Single ? "state" : "batch")}, _weights{rows});");
        }
    }

    private void WriteStep(SourceWriter writer, string call, IReadOnlyList<OutputPhrases> outputs, Func<OutputPhrases, string, string> use)
    {
        if (model.StepGivesOutput && outputs.Count > 0)
        {
            writer.Line(use(outputs[0], call));
            return;
        }

        writer.Line(call + ";");
        WriteOutputs(writer, outputs, use);
    }

    /// <summary>The outputs of the step before; the layers that run once per window do so first.</summary>
    private void WriteOutputs(SourceWriter writer, IReadOnlyList<OutputPhrases> outputs, Func<OutputPhrases, string, string> use)
    {
        if (HasFinish && outputs.Any(o => o.IsOnce))
        {
            writer.Line("Kernels.Finish(ref _weights.Origin, state);");
        }

        writer.Lines(outputs.Select(o => use(o, o.StepValues)));
    }
}
