using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints Backward: from targets or gradients of one's own, and the way back through the layers.</summary>
internal sealed class BackwardWriter(SourceWriter writer, ModelPlan model)
{
    private const string Services = VerbPhrases.Services;

    private readonly ModelSpec _spec = model.Spec;
    private readonly VerbPhrases _text = new(model);

    public void Write()
    {
        if (model.Head is not null)
        {
            WriteLoss();
        }

        WriteOwnLoss();
        WriteWayBack();
    }

    private void WriteLoss()
    {
        LayerKind head = model.Head!.Kind;
        bool classes = head == LayerKind.Softmax;
        string loss = head switch
        {
            LayerKind.Softmax => "cross-entropy in nats per target",
            LayerKind.Sigmoid => "binary cross-entropy in nats per output",
            _ => "squared error per output",
        };
        writer.Line($$"""
            /// <summary>
            /// The loss of the recorded window and its backward pass through time. Gradients, loss and number of targets are added to the
            /// tape's sums. Allocates nothing.
            /// </summary>
            /// <param name="tape">The recording.</param>
            /// <param name="targets">{{_text.TargetShape}}.</param>
            /// <returns>The mean {{loss}}.</returns>
            /// <exception cref="global::System.ArgumentException">The targets have the wrong length or range, or the tape is another model's; nothing was changed.</exception>
            /// <exception cref="global::System.InvalidOperationException">The tape holds no window, or the weights have changed since.</exception>
            """);
        using (writer.Open($"public float Backward(Tape tape, {_text.Targets})"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustHoldWindow(this);");
            if (!model.IsManyToOne)
            {
                writer.Line("int steps = tape.Steps;");
            }

            writer.Line($"CheckTargets(targets{(model.IsManyToOne ? "" : ", steps")});");
            writer.Line("double loss = 0;");
            writer.Line("int count = 0;");
            using (writer.Open($"for (int row = 0; row < {_text.Rows}; row++)"))
            {
                string target = classes ? "targets[row]" : "targets.Slice(row * OutputSize, OutputSize)";
                writer.Line($"loss += {_text.Head}.Loss({_text.OutputRow("row")}, {_text.GradientRow("row")}, {target});");
                writer.Line(classes ? "count += targets[row] < 0 ? 0 : 1;" : "count += OutputSize;");
            }

            writer.Line();
            writer.Line("BackThroughTime(tape, null);");
            writer.Line("return tape.Add(loss, count);");
        }

        writer.Line();
    }

    private void WriteOwnLoss()
    {
        writer.Line($$"""
            /// <summary>
            /// The backward pass through time for a loss of your own, given by its gradients. They are added to the tape's sums, but
            /// count no targets: as long as nothing else is added, an update does not divide them. Allocates nothing.
            /// </summary>
            /// <param name="tape">The recording.</param>
            /// <param name="outputGradients">The gradients of the outputs, {{(model.IsManyToOne ? "[OutputSize]" : "[steps x OutputSize]")}}.</param>
            /// <param name="finalStateGradients">The gradients of the states after the window; null stands for zero.</param>
            /// <exception cref="global::System.ArgumentException">The gradients have the wrong length, or the tape is another model's; nothing was changed.</exception>
            /// <exception cref="global::System.InvalidOperationException">The tape holds no window, or the weights have changed since.</exception>
            """);
        using (writer.Open("public void Backward(Tape tape, global::System.ReadOnlySpan<float> outputGradients, State? finalStateGradients)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustHoldWindow(this);");
            if (!model.IsManyToOne)
            {
                writer.Line("int steps = tape.Steps;");
            }

            writer.Line($"{Services}.Check.Length(outputGradients.Length, {_text.OutputLength}, nameof(outputGradients));");
            using (writer.Open($"for (int row = 0; row < {_text.Rows}; row++)"))
            {
                writer.Line($"{_text.Head}.Backward({_text.OutputRow("row")}, outputGradients.Slice(row * OutputSize, OutputSize), {_text.GradientRow("row")});");
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
            writer.Line("int steps = tape.Steps;");
            writer.Line("ref float transposed = ref _weights.Transposed;");
            writer.Line("ref float gradients = ref tape.GradientMemory;");
            writer.Line("ref float memory = ref tape.Memory;");
            WriteClears();
            foreach (NodePlan node in model.Nodes.Reverse())
            {
                writer.Line();
                if (node is JoinPlan join)
                {
                    new JoinWriter(writer).WriteBackward(join);
                }
                else
                {
                    WriteLayerBackward((LayerPlan)node);
                }
            }

            if (!_spec.Tokens)
            {
                writer.Line();
                using (writer.Open("for (int step = 0; step < steps; step++)"))
                {
                    writer.Line($"tape.Slice({VerbPhrases.Row(model.Input.TapeOutputGradients, "step", model.Input.OutputGradientStride)}, InputSize).CopyTo(tape.InputGradientRows.Slice(step * InputSize, InputSize));");
                }
            }
        }

        writer.Line();
    }

    /// <summary>Gradients that several readers add to start at zero.</summary>
    private void WriteClears()
    {
        NodePlan[] sums = [.. model.Nodes.Prepend(model.Input).Where(n => n.SumsGradients && n is not InputPlan { IsToken: true })];
        if (sums.Length == 0)
        {
            return;
        }

        writer.Line();
        writer.Line("// Gradients that are sums.");
        foreach (NodePlan node in sums)
        {
            string rows = node.RunsOnce ? Literals.Integer(node.OutputGradientStride) : $"steps * {Literals.Integer(node.OutputGradientStride)}";
            writer.Line($"tape.Slice({Literals.Integer(node.TapeOutputGradients)}, {rows}).Clear();");
        }
    }

    private void WriteLayerBackward(LayerPlan layer)
    {
        string name = $"Kernels.{LayerFile.ClassName(layer)}";
        int size = layer.States.Size;
        int stride = Lanes.Stride(size);
        writer.Line($"// {layer.Name}");
        if (layer.Handed != Handed.All && !layer.SumsGradients)
        {
            writer.Line(layer.IsReverse ? "// Only the first step is looked at, the last one on the way." : "// Only the last step is looked at.");
            int first = layer.Place.TapeOutput + (layer.IsReverse ? layer.OutputGradientStride : 0);
            writer.Line($"tape.Slice({Literals.Integer(first)}, (steps - 1) * {Literals.Integer(layer.OutputGradientStride)}).Clear();");
        }

        if (size > 0)
        {
            writer.Line($"global::System.Span<float> final{layer.Name} = tape.Slice({VerbPhrases.Row(layer.Place.TapeStateGradients, layer.IsReverse ? "1" : "(steps & 1)", stride)}, {Literals.Integer(size)});");
            writer.Line($"final{layer.Name}.Clear();");
            using (writer.Open("if (finalStateGradients is not null)"))
            {
                foreach (string line in VerbPhrases.CopyStates(
                    "finalStateGradients", layer, (offset, length) => $"final{layer.Name}.Slice({Literals.Integer(offset)}, {length})"))
                {
                    writer.Line(line);
                }
            }

            writer.Line();
        }

        writer.Line($"{name}.Backward(ref transposed, ref memory, {_text.Steps(layer)});");
        if (layer.Cell.Tensors.Count > 0)
        {
            string tokens = layer.ReadsTokens ? ", ref tape.Tokens[0]" : "";
            writer.Line($"{name}.AddGradients(ref gradients, ref memory{tokens}, {_text.Steps(layer)});");
        }

        if (size > 0)
        {
            string start = layer.IsReverse ? VerbPhrases.Row(layer.Place.TapeStateGradients, "((steps - 1) & 1)", stride) : Literals.Integer(layer.Place.TapeStateGradients);
            writer.Line($"tape.Slice({start}, {Literals.Integer(size)}).CopyTo({VerbPhrases.States("tape.InitialStateGradients", layer)});");
        }

        if (layer.Source.SumsGradients && !layer.ReadsTokens)
        {
            new JoinWriter(writer).WriteAdd(layer);
        }
    }
}
