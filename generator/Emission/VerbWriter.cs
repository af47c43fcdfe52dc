using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints Step, Forward, Backward, Save, Load and the Create methods.</summary>
internal sealed class VerbWriter(SourceWriter writer, ModelPlan model)
{
    private const string Services = "global::RnnGen.CompilerServices";

    private readonly ModelSpec _spec = model.Spec;

    private string Inputs => _spec.Tokens ? "global::System.ReadOnlySpan<int> inputs" : "global::System.ReadOnlySpan<float> inputs";

    private string OutputShape => model.IsManyToOne ? "[OutputSize], of the last step" : "[steps x OutputSize]";

    private string InputShape => _spec.Tokens ? "1 to <see cref=\"SequenceLength\"/> tokens" : "[steps x InputSize], 1 to <see cref=\"SequenceLength\"/> steps";

    private string Rows => model.IsManyToOne ? "1" : "steps";

    /// <summary>Length of the outputs of a window.</summary>
    private string OutputLength => model.IsManyToOne ? "OutputSize" : "steps * OutputSize";

    private string Head => $"{Services}.{(model.Head?.Kind ?? LayerKind.Linear)}Head";

    public void Write()
    {
        WriteCreate();
        WriteStep();
        WriteForward();
        WriteRecord();
        if (model.Head is not null)
        {
            WriteLoss();
        }

        WriteBackward();
        WriteWayBack();
        WriteChecks();
    }

    private void WriteCreate()
    {
        writer.Line($$"""
            /// <summary>A model with the weights of a safetensors file.</summary>
            /// <param name="path">The file.</param>
            /// <returns>The model.</returns>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
            public static {{model.Spec.Target.Name}} Load(string path)
            {
                var model = new {{model.Spec.Target.Name}}(BuildWeights());
                model.LoadWeights(path);
                return model;
            }

            /// <summary>Replaces all weights by those of a safetensors file. On an error the model stays as it was.</summary>
            /// <param name="path">The file.</param>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
            public void LoadWeights(string path) => _weights.Load(path);

            /// <summary>Writes all weights to a safetensors file. The file is complete or, on an error, as it was before.</summary>
            /// <param name="path">The file.</param>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be written.</exception>
            public void Save(string path) => _weights.Save(path);

            /// <summary>A copy with weights of its own.</summary>
            /// <returns>The copy.</returns>
            public {{model.Spec.Target.Name}} Clone()
            {
                var clone = new {{model.Spec.Target.Name}}(BuildWeights());
                clone._weights.CopyFrom(_weights);
                return clone;
            }

            /// <summary>The memory of one stream, all zero.</summary>
            /// <returns>The state.</returns>
            public State CreateState() => new();

            /// <summary>The training memory of one worker.</summary>
            /// <returns>The tape.</returns>
            public Tape CreateTape() => new(_weights);

            /// <summary>A trainer with an optimizer, a tape and a state.</summary>
            /// <param name="settings">The optimizer's settings, such as <c>new Adam(0.001f) { ClipNorm = 1 }</c>.</param>
            /// <returns>The trainer.</returns>
            public Trainer CreateTrainer(global::RnnGen.OptimizerSettings settings) => new(this, settings);
            """);
        writer.Line();
    }

    private void WriteStep()
    {
        string input = _spec.Tokens ? "int token" : "global::System.ReadOnlySpan<float> inputs";
        string check = _spec.Tokens
            ? $"{Services}.Check.Token(token, InputSize, nameof(token));"
            : $"{Services}.Check.Length(inputs.Length, InputSize, nameof(inputs));";
        string apart = _spec.Tokens ? "" : $"\n    {Services}.Check.Apart(inputs, outputs);";
        string inputDoc = _spec.Tokens
            ? "/// <param name=\"token\">The token, in 0 .. InputSize - 1.</param>"
            : "/// <param name=\"inputs\">[InputSize].</param>";
        string rangeDoc = _spec.Tokens
            ? "\n/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The token is not in the vocabulary.</exception>"
            : "";
        writer.Line($$"""
            /// <summary>One step of a stream: reads the input, moves the state on, writes the output. Takes no memory.</summary>
            /// <param name="state">The stream.</param>
            {{inputDoc}}
            /// <param name="outputs">Takes [OutputSize]{{OutputMeaning()}}.</param>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length, or they overlap; nothing was changed.</exception>{{rangeDoc}}
            public void Step(State state, {{input}}, global::System.Span<float> outputs)
            {
                global::System.ArgumentNullException.ThrowIfNull(state);
                {{check}}
                {{Services}}.Check.Length(outputs.Length, OutputSize, nameof(outputs));{{apart}}
                Kernels.Step(ref _weights.Origin, {{(_spec.Tokens ? "(nuint)token" : "inputs")}}, state);
                Kernels.Finish(ref _weights.Origin, state, outputs);
            }
            """);
        writer.Line();
    }

    private string OutputMeaning() => model.Head?.Kind switch
    {
        LayerKind.Softmax => ", the probabilities of the classes",
        LayerKind.Sigmoid => ", probabilities",
        _ => "",
    };

    /// <summary>The checks that several verbs share.</summary>
    private void WriteChecks()
    {
        using (writer.Open($"private static int CheckInputs({Inputs})"))
        {
            writer.Line($"int steps = {Services}.Check.Steps(inputs.Length, {(_spec.Tokens ? "1" : "InputSize")}, SequenceLength, nameof(inputs));");
            if (_spec.Tokens)
            {
                writer.Line($"{Services}.Check.Tokens(inputs, InputSize, nameof(inputs));");
            }

            writer.Line("return steps;");
        }

        writer.Line();
        if (model.Head is LayerSpec head)
        {
            bool classes = head.Kind == LayerKind.Softmax;
            string steps = model.IsManyToOne ? "" : ", int steps";
            using (writer.Open($"private static void CheckTargets(global::System.ReadOnlySpan<{(classes ? "int" : "float")}> targets{steps})"))
            {
                writer.Line($"{Services}.Check.Length(targets.Length, {(classes ? Rows : OutputLength)}, nameof(targets));");
                if (classes)
                {
                    writer.Line($"{Services}.Check.Targets(targets, OutputSize);");
                }
            }

            writer.Line();
        }
    }

    private void WriteForward()
    {
        writer.Line($$"""
            /// <summary>A window in one call. The state goes on from where it is; reset it to start a new sequence. Takes no memory.</summary>
            /// <param name="state">The stream.</param>
            /// <param name="inputs">{{InputShape}}.</param>
            /// <param name="outputs">Takes {{OutputShape}}{{OutputMeaning()}}.</param>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length, or they overlap; nothing was changed.</exception>
            """);
        using (writer.Open($"public void Forward(State state, {Inputs}, global::System.Span<float> outputs)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
            writer.Line("int steps = CheckInputs(inputs);");
            writer.Line($"{Services}.Check.Length(outputs.Length, {OutputLength}, nameof(outputs));");
            if (!_spec.Tokens)
            {
                writer.Line($"{Services}.Check.Apart(inputs, outputs);");
            }

            using (writer.Open("for (int step = 0; step < steps; step++)"))
            {
                writer.Line(_spec.Tokens
                    ? "Kernels.Step(ref _weights.Origin, (nuint)inputs[step], state);"
                    : "Kernels.Step(ref _weights.Origin, inputs.Slice(step * InputSize, InputSize), state);");
                if (!model.IsManyToOne)
                {
                    writer.Line("Kernels.Finish(ref _weights.Origin, state, outputs.Slice(step * OutputSize, OutputSize));");
                }
            }

            if (model.IsManyToOne)
            {
                writer.Line();
                writer.Line("Kernels.Finish(ref _weights.Origin, state, outputs);");
            }
        }

        writer.Line();
    }

    private void WriteRecord()
    {
        writer.Line($$"""
            /// <summary>A window that is recorded for Backward. The state goes on from where it is. Takes no memory.</summary>
            /// <param name="state">The stream.</param>
            /// <param name="inputs">{{InputShape}}.</param>
            /// <param name="tape">Takes the recording; it replaces the one before.</param>
            /// <exception cref="global::System.ArgumentException">The inputs have the wrong length, or the tape is another model's; nothing was changed.</exception>
            """);
        using (writer.Open($"public void Forward(State state, {Inputs}, Tape tape)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustBelongTo(this);");
            writer.Line("int steps = CheckInputs(inputs);");
            writer.Line("tape.StartRecording(steps);");
            WriteCopyInputs();
            writer.Line();
            writer.Line("ref float weights = ref _weights.Origin;");
            writer.Line("ref float memory = ref tape.Memory;");
            foreach (LayerPlan layer in model.Layers)
            {
                WriteLayerForward(layer);
            }
        }

        writer.Line();
        writer.Line($$"""
            /// <summary>A window that is recorded for Backward, with its outputs. Takes no memory.</summary>
            /// <param name="state">The stream.</param>
            /// <param name="inputs">{{InputShape}}.</param>
            /// <param name="outputs">Takes {{OutputShape}}{{OutputMeaning()}}.</param>
            /// <param name="tape">Takes the recording; it replaces the one before.</param>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length, or the tape is another model's; nothing was changed.</exception>
            """);
        using (writer.Open($"public void Forward(State state, {Inputs}, global::System.Span<float> outputs, Tape tape)"))
        {
            writer.Line("int steps = CheckInputs(inputs);");
            writer.Line($"{Services}.Check.Length(outputs.Length, {OutputLength}, nameof(outputs));");
            if (!_spec.Tokens)
            {
                writer.Line($"{Services}.Check.Apart(inputs, outputs);");
            }

            writer.Line("Forward(state, inputs, tape);");
            using (writer.Open($"for (int row = 0; row < {Rows}; row++)"))
            {
                writer.Line($"{Head}.Activate({OutputRow("row")}, outputs.Slice(row * OutputSize, OutputSize));");
            }
        }

        writer.Line();
    }

    private void WriteCopyInputs()
    {
        if (_spec.Tokens)
        {
            writer.Line("inputs.CopyTo(tape.Tokens);");
        }
        else if (model.InputStride == _spec.InputSize)
        {
            writer.Line($"inputs.CopyTo(tape.Slice({Literals.Integer(model.TapeInputs)}, inputs.Length));");
        }
        else
        {
            using (writer.Open("for (int step = 0; step < steps; step++)"))
            {
                writer.Line($"inputs.Slice(step * InputSize, InputSize).CopyTo(tape.Slice({Row(model.TapeInputs, "step", model.InputStride)}, InputSize));");
            }
        }
    }

    private void WriteLayerForward(LayerPlan layer)
    {
        writer.Line();
        writer.Line($"// {layer.Name}");
        int size = layer.States.Size;
        int stride = Lanes.Stride(size);
        if (size > 0)
        {
            writer.Line($"{States("state", layer)}.CopyTo(tape.Slice({Literals.Integer(layer.Place.TapeStates)}, {Literals.Integer(size)}));");
        }

        string tokens = layer.ReadsTokens ? ", ref tape.Tokens[0]" : "";
        writer.Line($"Kernels.{LayerFile.ClassName(layer)}.Forward(ref weights, ref memory{tokens}, {Steps(layer)});");
        if (size > 0)
        {
            writer.Line($"tape.Slice({Row(layer.Place.TapeStates, "steps", stride)}, {Literals.Integer(size)}).CopyTo({States("state", layer)});");
        }
    }

    /// <summary>How many steps a layer runs, and, if it starts late, the first one.</summary>
    private string Steps(LayerPlan layer)
    {
        if (!layer.RunsOnce)
        {
            return "steps";
        }

        return model.Layers.TakeWhile(l => l != layer).Last().RunsOnce ? "1" : "1, steps - 1";
    }

    private void WriteLoss()
    {
        LayerKind head = model.Head!.Kind;
        bool classes = head == LayerKind.Softmax;
        string targets = classes
            ? $"{(model.IsManyToOne ? "One class" : "One class per step")}, in 0 .. OutputSize - 1; a negative one is ignored."
            : $"{(model.IsManyToOne ? "[OutputSize]" : "[steps x OutputSize]")}{(head == LayerKind.Sigmoid ? ", in 0 .. 1" : "")}.";
        string loss = head switch
        {
            LayerKind.Softmax => "cross-entropy in nats per target",
            LayerKind.Sigmoid => "binary cross-entropy in nats per output",
            _ => "squared error per output",
        };
        writer.Line($$"""
            /// <summary>
            /// The loss of the recorded window and its way back through time. Gradients, loss and number of targets are added to the
            /// tape's sums. Takes no memory.
            /// </summary>
            /// <param name="tape">The recording.</param>
            /// <param name="targets">{{targets}}</param>
            /// <returns>The mean {{loss}}.</returns>
            /// <exception cref="global::System.ArgumentException">The targets have the wrong length or range, or the tape is another model's; nothing was changed.</exception>
            /// <exception cref="global::System.InvalidOperationException">The tape holds no window, or the weights have changed since.</exception>
            """);
        using (writer.Open($"public float Backward(Tape tape, global::System.ReadOnlySpan<{(classes ? "int" : "float")}> targets)"))
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
            using (writer.Open($"for (int row = 0; row < {Rows}; row++)"))
            {
                string target = classes ? "targets[row]" : "targets.Slice(row * OutputSize, OutputSize)";
                writer.Line($"loss += {Head}.Loss({OutputRow("row")}, {GradientRow("row")}, {target});");
                writer.Line(classes ? "count += targets[row] < 0 ? 0 : 1;" : "count += OutputSize;");
            }

            writer.Line();
            writer.Line("BackThroughTime(tape, null);");
            writer.Line("return tape.Add(loss, count);");
        }

        writer.Line();
    }

    private void WriteBackward()
    {
        writer.Line($$"""
            /// <summary>
            /// The way back through time for a loss of your own, given by its gradients. They are added to the tape's sums, which then count no
            /// targets: an update does not divide them. Takes no memory.
            /// </summary>
            /// <param name="tape">The recording.</param>
            /// <param name="outputGradients">The gradients of the outputs, {{(model.IsManyToOne ? "[OutputSize]" : "[steps x OutputSize]")}}.</param>
            /// <param name="finalStateGradients">The gradients of the states after the window; null stands for zero.</param>
            /// <exception cref="global::System.ArgumentException">The gradients have the wrong length, or the tape is another model's; nothing was changed.</exception>
            /// <exception cref="global::System.InvalidOperationException">The tape holds no window, or the weights have changed since.</exception>
            """);
        using (writer.Open("public void Backward(Tape tape, global::System.ReadOnlySpan<float> outputGradients, State? finalStateGradients = null)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustHoldWindow(this);");
            if (!model.IsManyToOne)
            {
                writer.Line("int steps = tape.Steps;");
            }

            writer.Line($"{Services}.Check.Length(outputGradients.Length, {OutputLength}, nameof(outputGradients));");
            using (writer.Open($"for (int row = 0; row < {Rows}; row++)"))
            {
                writer.Line($"{Head}.Backward({OutputRow("row")}, outputGradients.Slice(row * OutputSize, OutputSize), {GradientRow("row")});");
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
            foreach (LayerPlan layer in model.Layers.Reverse())
            {
                WriteLayerBackward(layer);
            }

            if (!_spec.Tokens)
            {
                writer.Line();
                using (writer.Open("for (int step = 0; step < steps; step++)"))
                {
                    writer.Line($"tape.Slice({Row(model.TapeInputGradients, "step", Lanes.Stride(_spec.InputSize))}, InputSize).CopyTo(tape.InputGradientRows.Slice(step * InputSize, InputSize));");
                }
            }
        }

        writer.Line();
    }

    private void WriteLayerBackward(LayerPlan layer)
    {
        string name = $"Kernels.{LayerFile.ClassName(layer)}";
        int size = layer.States.Size;
        int stride = Lanes.Stride(size);
        int outputStride = Lanes.Stride(layer.Spec.Size);
        writer.Line();
        writer.Line($"// {layer.Name}");
        if (!layer.Spec.ReturnSequences)
        {
            writer.Line("// Only the last step is looked at.");
            writer.Line($"tape.Slice({Literals.Integer(layer.Place.TapeOutput)}, (steps - 1) * {Literals.Integer(outputStride)}).Clear();");
        }

        if (size > 0)
        {
            writer.Line($"global::System.Span<float> final{layer.Name} = tape.Slice({Row(layer.Place.TapeStateGradients, "(steps & 1)", stride)}, {Literals.Integer(size)});");
            using (writer.Open("if (finalStateGradients is null)"))
            {
                writer.Line($"final{layer.Name}.Clear();");
            }

            using (writer.Open("else"))
            {
                writer.Line($"{States("finalStateGradients", layer)}.CopyTo(final{layer.Name});");
            }

            writer.Line();
        }

        writer.Line($"{name}.Backward(ref transposed, ref memory, {Steps(layer)});");
        if (layer.Cell.Tensors.Count > 0)
        {
            string tokens = layer.ReadsTokens ? ", ref tape.Tokens[0]" : "";
            writer.Line($"{name}.AddGradients(ref gradients, ref memory{tokens}, {Steps(layer)});");
        }

        if (size > 0)
        {
            writer.Line($"tape.Slice({Literals.Integer(layer.Place.TapeStateGradients)}, {Literals.Integer(size)}).CopyTo({States("tape.InitialStateGradients", layer)});");
        }
    }

    /// <summary>A row of the last layer's output on the tape, before the head's activation.</summary>
    private string OutputRow(string row)
    {
        LayerPlan last = model.Last;
        Operand place = last.Record.Output!.Value;
        int stride = place.Region == Region.Next ? Lanes.Stride(last.States.Size) : Lanes.Stride(last.Record.WorkSize);
        int start = place.Region == Region.Next ? last.Place.TapeStates + stride + place.Offset : last.Place.TapeSaved + place.Offset;

        // The last layer itself may be the one of which only the last step counts.
        string index = last.Spec.ReturnSequences ? row : "(tape.Steps - 1)";
        return $"tape.Slice({Row(start, index, stride)}, OutputSize)";
    }

    private string GradientRow(string row)
    {
        string index = model.Last.Spec.ReturnSequences ? row : "(tape.Steps - 1)";
        return $"tape.Slice({Row(model.Last.Place.TapeOutput, index, Lanes.Stride(model.OutputSize))}, OutputSize)";
    }

    private static string Row(int start, string index, int stride) =>
        start == 0 ? $"{index} * {Literals.Integer(stride)}" : $"{Literals.Integer(start)} + ({index} * {Literals.Integer(stride)})";

    /// <summary>The states of a layer, padding included.</summary>
    private static string States(string state, LayerPlan layer) =>
        $"{state}.Slice({Literals.Integer(layer.Place.State)}, {Literals.Integer(layer.States.Size)})";
}
