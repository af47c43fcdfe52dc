using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission.Verbs;

/// <summary>What a verb does with an output, as a statement.</summary>
/// <param name="OfStep">With that of the step at hand, given its values.</param>
/// <param name="OfWindow">With all rows of a window that is in memory as a whole.</param>
internal sealed record OutputUse(Func<OutputPhrases, string, string> OfStep, Func<OutputPhrases, string> OfWindow);

/// <summary>Prints the steps of streams and windows, or of the lanes of a batch, and what is done with their outputs.</summary>
internal sealed class Stepping(ModelPlan model, bool isBatch)
{
    private const string Memory = VerbPhrases.Memory;

    private readonly VerbPhrases _text = new(model, isBatch);

    private readonly string _origin = VerbPhrases.StepOrigin(model);

    /// <summary>What the documentation says about steps that are not finite.</summary>
    public string Held => !model.Holds ? "" : " A step whose inputs, states or outputs are not finite is left out: the outputs are those of the step before.";

    /// <summary>A new or reset stream starts from the learned initial states.</summary>
    public void WriteStart(SourceWriter writer, string rows = "") =>
        writer.Lines(model.LearnsInitialState ? [$"{Memory}.Start({_text.Owner}, _weights{rows});"] : []);

    /// <summary>One step, of the inputs that a verb is given.</summary>
    public void WriteStep(SourceWriter writer, Func<OutputPhrases, string, string> use) => WriteStep(writer, model.Spec.Tokens && !isBatch ? "(nuint)token" : "inputs", use);

    /// <summary>One step of one of many streams, or of those that are the lanes of a batch for the time of a step.</summary>
    /// <param name="writer">The file.</param>
    /// <param name="inputs">What it reads: the input of a stream, or the inputs of the lanes.</param>
    /// <param name="use">What is done with the outputs.</param>
    public void WriteStep(SourceWriter writer, string inputs, Func<OutputPhrases, string, string> use)
    {
        WriteStart(writer);
        if (isBatch)
        {
            writer.Line($"Kernels.StepBatch(ref _weights.{_origin}, {inputs}, batch, lanes);");
            WriteHold(writer, $"{inputs}, InputSize, lanes");
            WriteOutputs(writer, _text.Outputs, use, "lanes");
        }
        else
        {
            WriteStep(writer, Step(inputs), inputs, _text.Outputs, use);
        }
    }

    /// <summary>A window, or the windows of a batch, whose rows are set.</summary>
    public void WriteWindows(SourceWriter writer, OutputUse use)
    {
        OutputPhrases[] once = [.. _text.Outputs.Where(o => o.IsOnce)];
        OutputPhrases[] everyStep = [.. _text.Outputs.Where(o => !o.IsOnce)];
        if (model.NeedsWholeWindow)
        {
            writer.Line(isBatch ? "RunWindows(batch, inputs);" : "RunWindow(state, inputs, steps);");
            writer.Line(VerbPhrases.Window(_text.Owner));
            _text.WriteEach(writer, _text.Outputs.Select(use.OfWindow));
        }
        else if (isBatch)
        {
            writer.Line($"{Memory}.LayOut(batch);");
            using (writer.Open("for (int step = 0; step < rows.Steps; step++)"))
            {
                string inputs = $"{Memory}.{(model.Spec.Tokens ? "Tokens" : "Inputs")}(batch)";
                writer.Line($"int lanes = rows.Gather(inputs, step, {inputs}, {(model.Spec.Tokens ? "1" : "InputSize")});");
                writer.Line($"Kernels.StepBatch(ref _weights.{_origin}, {inputs}, batch, lanes);");
                WriteHold(writer, $"{inputs}, InputSize, lanes");
                WriteOutputs(writer, everyStep, use.OfStep, "lanes");
            }

            writer.Line($"{Memory}.EndSteps(batch);");
            WriteOutputs(writer, once, use.OfStep);
            writer.Line($"{Memory}.PutBack(batch);");
        }
        else
        {
            const string inputs = "inputs.Slice(step * InputSize, InputSize)";
            string call = model.Spec.Tokens ? Step("(nuint)inputs[step]")
                : model.SplitLayer is null ? Step(inputs)
                : $"Kernels.StepOfWindow(ref _weights.{_origin}, inputs, step, steps, state)";
            using (writer.Open("for (int step = 0; step < steps; step++)"))
            {
                WriteStep(writer, call, inputs, everyStep, use.OfStep);
            }

            WriteOutputs(writer, once, use.OfStep);
        }
    }

    private string Step(string inputs) => $"Kernels.Step(ref _weights.{_origin}, {inputs}, state)";

    private void WriteStep(SourceWriter writer, string call, string inputs, IReadOnlyList<OutputPhrases> outputs, Func<OutputPhrases, string, string> use)
    {
        if (model.StepGivesOutput && outputs.Count > 0 && !model.Holds)
        {
            writer.Line(use(outputs[0], call));
            return;
        }

        writer.Line(call + ";");
        WriteHold(writer, inputs);
        WriteOutputs(writer, outputs, use);
    }

    /// <summary>
    /// Keeps the outputs of the step before beside the states, and goes back to those of the last step if it was not finite. Layers that run once per window do
    /// so at each step, since any step may be the last one that counts.
    /// </summary>
    private void WriteHold(SourceWriter writer, string arguments)
    {
        if (model.Holds)
        {
            WriteFinish(writer, _text.Outputs);
            _text.WriteEach(writer, _text.Outputs.Select(o => $"{o.StepValues}.CopyTo({o.HeldValues});"), "lanes");
            writer.Line($"{Memory}.Hold({_text.Owner}, {arguments});");
        }
    }

    /// <summary>The outputs of the step before; the layers that run once per window do so first.</summary>
    private void WriteOutputs(SourceWriter writer, IReadOnlyList<OutputPhrases> outputs, Func<OutputPhrases, string, string> use, string lanes = "rows.Lanes")
    {
        if (!model.Holds)
        {
            WriteFinish(writer, outputs);
        }

        _text.WriteEach(writer, outputs.Select(o => use(o, model.Holds ? o.HeldValues : o.StepValues)), lanes);
    }

    private void WriteFinish(SourceWriter writer, IReadOnlyList<OutputPhrases> outputs)
    {
        bool finishes = outputs.Any(o => o.IsOnce) && model.Nodes.Any(n => n.RunsOnce);
        writer.Lines(finishes ? [$"Kernels.Finish{(isBatch ? "Batch" : "")}(ref _weights.{_origin}, {_text.Owner});"] : []);
    }
}
