using RnnGen.Generator.Planning;
using Index = RnnGen.Generator.Programs.Index;

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
            using (writer.Open(model.Chunk is null ? "for (int step = 0; step < steps; step++)" : $"for (int first = 0; first < steps; first += {SplitPlan.Steps})"))
            {
                if (model.Chunk is null)
                {
                    WriteStepOfWindow(writer, everyStep, use);
                }
                else
                {
                    WriteChunk(writer, everyStep, use);
                }
            }

            WriteOutputs(writer, once, use.OfStep);
        }
    }

    private void WriteStepOfWindow(SourceWriter writer, IReadOnlyList<OutputPhrases> outputs, OutputUse use)
    {
        const string inputs = "inputs.Slice(step * InputSize, InputSize)";
        WriteStep(writer, Step(model.Spec.Tokens ? "(nuint)inputs[step]" : inputs), inputs, outputs, use.OfStep);
    }

    /// <summary>
    /// Several steps, layer by layer, and what is done with their outputs. Where steps that are not finite are left out, they count only if all are; otherwise, they are taken once more, one by one.
    /// </summary>
    private void WriteChunk(SourceWriter writer, IReadOnlyList<OutputPhrases> outputs, OutputUse use)
    {
        writer.Line($"int end = global::System.Math.Min(first + {SplitPlan.Steps}, steps);");
        writer.Line($"{(model.Spec.Tokens ? "global::System.ReadOnlySpan<int>" : "global::System.ReadOnlySpan<float>")} taken = inputs.Slice({(model.Spec.Tokens ? "first, end - first" : "first * InputSize, (end - first) * InputSize")});");
        writer.Lines(model.Holds ? [$"{Memory}.Remember(state);"] : []);
        writer.Line("RunWindow(state, taken, end - first);");
        if (outputs.Count == 0)
        {
            return;
        }

        writer.Line(VerbPhrases.Chunk(model));
        if (model.Holds)
        {
            IEnumerable<string> rows = model.Layers.Where(l => l.States.Size > 0)
                .Select(l => $"window, {Literals.Integer(model.Chunk!.StatesAfter(l))}, {Literals.Integer(l.RowStride(Region.State))}, {Literals.Integer(l.States.Size)}")
                .Concat(outputs.Select(o => o.RowsOfChunk)).Prepend("taken, 0, InputSize, InputSize");
            using (writer.Open($"if (!({string.Join(" && ", rows.Select(row => $"{Memory}.AreFinite({row}, end - first)"))}))"))
            {
                writer.Line($"{Memory}.Advance(state);");
                using (writer.Open("for (int step = first; step < end; step++)"))
                {
                    WriteStepOfWindow(writer, outputs, use);
                }

                writer.Line("continue;");
            }

            writer.Lines(outputs.Select(o => $"{o.ValuesInChunk((Index)"end" - "first" - 1)}.CopyTo({o.HeldValues});"));
        }

        using (writer.Open("for (int step = first; step < end; step++)"))
        {
            writer.Lines(outputs.Select(o => use.OfStep(o, o.ValuesInChunk((Index)"step" - "first"))));
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
