using System.Globalization;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints Backward: from targets or gradients of one's own, and the way back through the layers.</summary>
internal sealed class BackwardWriter(SourceWriter writer, ModelPlan model)
{
    private const string Services = VerbPhrases.Services;

    private readonly VerbPhrases _text = new(model);

    public void Write()
    {
        if (model.HasHead)
        {
            WriteLoss();
        }

        WriteOwnLoss();
        WriteWayBack();
    }

    private void WriteLoss()
    {
        bool single = _text.Outputs.Count == 1;
        writer.Line("/// <summary>");
        writer.Line("/// The loss of the recorded window and its backward pass through time. Gradients, loss and number of targets are added to the");
        writer.Line(single ? "/// tape's sums; the gradients are those of the sum of the losses, which an update divides by the targets. Allocates nothing." : "/// tape's sums; a window of several heads counts as one target, or as none if all of its targets are ignored. Allocates nothing.");
        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"tape\">The recording.</param>");
        foreach (string parameter in _text.TargetDocs)
        {
            writer.Line(parameter);
        }

        string losses = string.Join(", ", _text.Outputs.Select(o => $"{o.Weight.ToString(CultureInfo.InvariantCulture)} times the mean {o.Loss} of {o.Name}"));
        writer.Line(single ? $"/// <returns>The mean {_text.Outputs[0].Loss}; NaN where every target is ignored.</returns>" : $"/// <returns>The sum of {losses}; NaN where every target is ignored.</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The targets have the wrong length or range, or the tape is another model's; nothing was changed.</exception>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">The tape holds no window, or the weights have changed since.</exception>");
        using (writer.Open($"public float Backward(Tape tape, {_text.TargetParameters})"))
        {
            WriteStart($"return BackwardOfBatch(tape, {_text.TargetArguments});", hasStates: false);
            writer.Line(_text.CheckTargets);
            WriteLosses(_text.Outputs);
            if (single)
            {
                writer.Line();
            }

            writer.Line("BackThroughTime(tape, null);");
            writer.Line(single ? "return tape.Add(score);" : "return tape.Add(window);");
        }

        writer.Line();
    }

    /// <summary>The score of a window and its gradients: that of the only head, or the sum of the means of several.</summary>
    public void WriteLosses(IReadOnlyList<OutputPhrases> outputs)
    {
        if (outputs.Count == 1)
        {
            WriteLossRows(outputs[0]);
            return;
        }

        writer.Line("global::RnnGen.Score window = default;");
        foreach (OutputPhrases output in outputs)
        {
            WriteHeadLoss(output);
        }
    }

    private void WriteStart(string batchCall, bool hasStates)
    {
        writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
        writer.Line("tape.MustHoldWindow(this);");
        if (model.Batch is not null)
        {
            BatchBackwardWriter.WriteTurn(writer, batchCall, hasStates);
        }

        if (_text.TargetsHaveSteps)
        {
            writer.Line("int steps = tape.Steps;");
        }
    }

    private void WriteLossRows(OutputPhrases output)
    {
        writer.Line("global::RnnGen.Score score = default;");
        using (writer.Open($"for (int row = 0; row < {output.Rows}; row++)"))
        {
            writer.Line($"score += {output.LossCall(output.OutputRow("row"), output.GradientRow("row"), output.TargetOf("row"))};");
        }
    }

    /// <summary>One of several heads: its mean, times its weight, so that each head counts as it should whatever its number of targets.</summary>
    private void WriteHeadLoss(OutputPhrases output)
    {
        WriteClearUnless(output.Targets, output);
        using (writer.Open("else"))
        {
            WriteLossRows(output);
            writer.Line($"double share = score.Share({Literals.Float(output.Weight)});");
            writer.Line($"window = window.WithHead(score, {Literals.Float(output.Weight)});");
            using (writer.Open($"for (int row = 0; row < {output.Rows}; row++)"))
            {
                writer.Line($"{Services}.JoinRows.Scale({output.GradientRow("row")}, (float)share);");
            }
        }
    }

    /// <summary>An empty span stands for no gradient.</summary>
    public void WriteClearUnless(string span, OutputPhrases output)
    {
        using (writer.Open($"if ({span}.IsEmpty)"))
        using (writer.Open($"for (int row = 0; row < {output.Rows}; row++)"))
        {
            writer.Line($"{output.GradientRow("row")}.Clear();");
        }
    }

    private void WriteOwnLoss()
    {
        writer.Line("/// <summary>");
        writer.Line("/// The backward pass through time for a loss of your own, given by its gradients. They are added to the tape's sums, but");
        writer.Line("/// count no targets: as long as nothing else is added, an update does not divide them. Allocates nothing.");
        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"tape\">The recording.</param>");
        foreach (OutputPhrases output in _text.Outputs)
        {
            writer.Line($"/// <param name=\"{output.Gradients}\">The gradients of the outputs{(output.Name.Length > 0 ? " of " + output.Name : "")}, {output.PlainShape}; an empty span stands for zeros.</param>");
        }

        writer.Line("/// <param name=\"finalStateGradients\">The gradients of the states after the window; null stands for zero.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The gradients have the wrong length, or the tape is another model's; nothing was changed.</exception>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">The tape holds no window, or the weights have changed since.</exception>");
        using (writer.Open($"public void Backward(Tape tape, {string.Join(", ", _text.Outputs.Select(o => o.GradientsParameter))}, State? finalStateGradients)"))
        {
            WriteStart($"BackwardOfBatch(tape, {string.Join(", ", _text.Outputs.Select(o => o.Gradients))}, null);\nreturn;", hasStates: true);
            foreach (OutputPhrases output in _text.Outputs)
            {
                writer.Line($"{Services}.Check.LengthOrNone({output.Gradients}.Length, {output.Length}, {Literals.Text(output.Gradients)});");
            }

            foreach (OutputPhrases output in _text.Outputs)
            {
                WriteClearUnless(output.Gradients, output);
                using (writer.Open("else"))
                using (writer.Open($"for (int row = 0; row < {output.Rows}; row++)"))
                {
                    writer.Line($"{output.Head}.Backward({output.OutputRow("row")}, {output.RowOf(output.Gradients, "row")}, {output.GradientRow("row")});");
                }
            }

            writer.Line();
            writer.Line("BackThroughTime(tape, finalStateGradients);");
        }

        writer.Line();
    }

    /// <summary>The part of the way back that does not depend on the loss.</summary>
    private void WriteWayBack()
    {
        using (writer.Open("private void BackThroughTime(Tape tape, State? finalStateGradients)"))
        {
            new ModelWalk(writer, model, isBatch: false).WriteBackward();
        }

        writer.Line();
    }
}
