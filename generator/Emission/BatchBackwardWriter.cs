using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints Backward over the windows of a batch.</summary>
internal sealed class BatchBackwardWriter(SourceWriter writer, ModelPlan model, IReadOnlyList<OutputPhrases> lane)
{
    private const string Services = VerbPhrases.Services;

    private readonly VerbPhrases _text = new(model);

    /// <summary>Where Backward turns off for a tape that holds a batch.</summary>
    public static void WriteTurn(SourceWriter writer, string call, bool hasStates)
    {
        using (writer.Open("if (tape.HoldsBatch)"))
        {
            if (hasStates)
            {
                using (writer.Open("if (finalStateGradients is not null)"))
                {
                    writer.Line("throw new global::System.ArgumentException(\"The tape holds a batch: its lanes' gradients are in a Batch.\", \"finalStateGradients\");");
                }

                writer.Line();
            }

            writer.Line(call);
        }

        writer.Line();
    }

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
        using (writer.Open($"private static void CheckBatchTargets({Services}.BatchRows rows, {_text.TargetParameters})"))
        {
            foreach (OutputPhrases output in lane)
            {
                string present = lane.Count == 1 ? "" : $"if (!{output.Targets}.IsEmpty) ";
                writer.Line($"{present}{Services}.Check.Length({output.Targets}.Length, {Count(output)}{(output.IsClass ? "" : " * " + output.Size)}, {Literals.Text(output.Targets)});");
                if (output.IsClass)
                {
                    writer.Line($"{Services}.Check.Targets({output.Targets}, {output.Size});");
                }
            }
        }

        writer.Line();
        using (writer.Open($"private float BackwardOfBatch(Tape tape, {_text.TargetParameters})"))
        {
            writer.Line($"{Services}.BatchRows rows = tape.Rows;");
            writer.Line($"CheckBatchTargets(rows, {_text.TargetArguments});");
            writer.Line("global::RnnGen.Score score = default;");
            using (writer.Open("for (int lane = 0; lane < rows.Lanes; lane++)"))
            {
                string targets = string.Join(", ", lane.Select(o => Slice(o, o.Targets, o.IsClass ? "" : " * " + o.Size, lane.Count > 1)));
                writer.Line($"score += LossOfLane(tape, lane, {targets});");
            }

            writer.Line();
            writer.Line("BackThroughBatch(tape, null);");
            writer.Line("return tape.Add(score);");
        }

        writer.Line();
        using (writer.Open($"private static global::RnnGen.Score LossOfLane(Tape tape, int lane, {_text.TargetParameters})"))
        {
            writer.Line("int lanes = tape.Rows.Lanes;");
            writer.Line("int steps = tape.Rows.Length(lane);");
            new BackwardWriter(writer, model).WriteLosses(lane);
            writer.Line(lane.Count == 1 ? "return score;" : "return window;");
        }

        writer.Line();
    }

    private void WriteOwnLoss()
    {
        writer.Line("/// <summary>");
        writer.Line("/// The backward pass through time of a batch for a loss of your own, given by its gradients. They are added to the tape's sums, but");
        writer.Line("/// count no targets: as long as nothing else is added, an update does not divide them. Allocates nothing.");
        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"tape\">The recording of a batch.</param>");
        foreach (OutputPhrases output in lane)
        {
            writer.Line($"/// <param name=\"{output.Gradients}\">The gradients of the outputs{(output.Name.Length > 0 ? " of " + output.Name : "")}, lane by lane, {output.PlainShape}.</param>");
        }

        writer.Line("/// <param name=\"finalStateGradients\">The gradients of the states after the windows; null stands for zero.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The gradients have the wrong length, or the tape is another model's; nothing was changed.</exception>");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">The tape holds no batch, or the weights have changed since.</exception>");
        writer.Line("[global::System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]");
        string gradients = string.Join(", ", lane.Select(o => o.GradientsParameter));
        using (writer.Open($"public void Backward(Tape tape, {gradients}, Batch? finalStateGradients)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustHoldBatch(this);");
            writer.Line($"BackwardOfBatch(tape, {string.Join(", ", lane.Select(o => o.Gradients))}, finalStateGradients);");
        }

        writer.Line();
        using (writer.Open($"private void BackwardOfBatch(Tape tape, {gradients}, Batch? finalStateGradients)"))
        {
            writer.Line($"{Services}.BatchRows rows = tape.Rows;");
            writer.Line("int lanes = rows.Lanes;");
            foreach (OutputPhrases output in lane)
            {
                writer.Line($"{Services}.Check.LengthOrNone({output.Gradients}.Length, {Count(output)} * {output.Size}, {Literals.Text(output.Gradients)});");
            }

            using (writer.Open("if (finalStateGradients is not null)"))
            {
                writer.Line($"{Services}.Check.Lanes(finalStateGradients.Lanes, lanes, \"finalStateGradients\");");
            }

            writer.Line();
            using (BatchWriter.ForEachLane(writer))
            {
                foreach (OutputPhrases output in lane)
                {
                    string row = BatchWriter.RowOfLane(output, "row");
                    new BackwardWriter(writer, model).WriteClearUnless(output.Gradients, output);
                    using (writer.Open("else"))
                    using (writer.Open($"for (int row = 0; row < {output.Rows}; row++)"))
                    {
                        writer.Line($"{output.Head}.Backward({output.OutputRow("row")}, {output.RowOf(output.Gradients, row)}, {output.GradientRow("row")});");
                    }
                }
            }

            writer.Line();
            writer.Line("BackThroughBatch(tape, finalStateGradients);");
        }

        writer.Line();
    }

    /// <summary>Targets or gradients of all lanes.</summary>
    private static string Count(OutputPhrases output) => output.IsOnce ? "rows.Lanes" : "rows.Total";

    private static string Slice(OutputPhrases output, string span, string width, bool mayBeEmpty)
    {
        string start = output.IsOnce ? "rows.Lane(lane)" : "rows.Start(lane)";
        string length = output.IsOnce ? width.Length == 0 ? "1" : width.Substring(3) : $"rows.Length(lane){width}";
        string slice = $"{span}.Slice({start}{width}, {length})";
        return mayBeEmpty ? $"{span}.IsEmpty ? default : {slice}" : slice;
    }

    private void WriteWayBack()
    {
        using (writer.Open("private void BackThroughBatch(Tape tape, Batch? finalStateGradients)"))
        {
            new ModelWalk(writer, model, isBatch: true).WriteBackward();
        }

        writer.Line();
    }
}
