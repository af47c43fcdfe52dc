using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints Step, Forward, Save, Load and the Create methods, and has Backward printed.</summary>
internal sealed class VerbWriter(SourceWriter writer, ModelPlan model)
{
    private const string Services = VerbPhrases.Services;

    private readonly ModelSpec _spec = model.Spec;
    private readonly VerbPhrases _text = new(model);

    public void Write()
    {
        WriteCreate();
        WriteStep();
        WriteForward();
        WriteWarmup();
        WriteRecord();
        new BackwardWriter(writer, model).Write();
        if (model.HasHead)
        {
            WriteEvaluate();
        }

        WriteChecks();
    }

    private void WriteCreate()
    {
        writer.Line($$"""
            /// <summary>A model with the weights of a safetensors file.</summary>
            /// <param name="path">The file.</param>
            /// <returns>The model.</returns>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
            public static {{model.Spec.Target.Self}} Load(string path)
            {
                var model = new {{model.Spec.Target.Self}}(BuildWeights());
                model.LoadWeights(path);
                return model;
            }

            /// <summary>
            /// Replaces all weights and the metadata by those of a safetensors file. On an error the model stays as it was. Not beside running streams,
            /// which would see some of both: load another model then, with which a state goes on as well.
            /// </summary>
            /// <param name="path">The file.</param>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
            public void LoadWeights(string path) => _weights.Load(path);

            /// <summary>Writes all weights and the metadata to a safetensors file. The file is complete or, on an error, as it was before.</summary>
            /// <param name="path">The file.</param>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be written.</exception>
            public void Save(string path) => _weights.Save(path);

            /// <summary>A copy with weights and metadata of its own.</summary>
            /// <returns>The copy.</returns>
            public {{model.Spec.Target.Self}} Clone()
            {
                var clone = new {{model.Spec.Target.Self}}(BuildWeights());
                clone._weights.CopyFrom(_weights);
                return clone;
            }

            /// <summary>The memory of one stream, {{(model.LearnsInitialState ? "which starts as the layers have learned" : "all zero")}}.</summary>
            /// <returns>The state.</returns>
            public State CreateState() => new({{(model.LearnsInitialState ? "_weights" : "")}});

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
        if (model.NeedsWholeWindow)
        {
            WriteNoStep();
            return;
        }

        string input = _spec.Tokens ? "int token" : "global::System.ReadOnlySpan<float> inputs";
        string check = _spec.Tokens
            ? $"{Services}.Check.Token(token, InputSize, \"token\");"
            : $"{Services}.Check.Length(inputs.Length, InputSize, \"inputs\");";
        string inputDoc = _spec.Tokens
            ? "/// <param name=\"token\">The token, in 0 .. InputSize - 1.</param>"
            : "/// <param name=\"inputs\">[InputSize].</param>";
        writer.Line("/// <summary>One step of a stream: reads the input, moves the state on, writes the output. Allocates nothing.</summary>");
        writer.Line("/// <param name=\"state\">The stream.</param>");
        writer.Line(inputDoc);
        foreach (OutputPhrases output in _text.Outputs)
        {
            writer.Line($"/// <param name=\"{output.Values}\">Takes [{output.Size}]{output.Meaning}.</param>");
        }

        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length, or they overlap; nothing was changed.</exception>");
        if (_spec.Tokens)
        {
            writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">The token is not in the vocabulary.</exception>");
        }

        JitHints.Optimize(writer);
        using (writer.Open($"public void Step(State state, {input}, {_text.OutputParameters})"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
            writer.Line(check);
            WriteLengthChecks(output => output.Size);
            WriteApartChecks();
            WriteStart();
            string call = $"Kernels.Step(ref _weights.Origin, {(_spec.Tokens ? "(nuint)token" : "inputs")}, state)";
            if (model.StepGivesOutput)
            {
                writer.Line($"{_text.Outputs[0].Head}.Activate({call}, {_text.Outputs[0].Values});");
            }
            else
            {
                writer.Line(call + ";");
                WriteFinish();
                foreach (OutputPhrases output in _text.Outputs)
                {
                    writer.Line($"{output.Head}.Activate({OutputOf(output)}, {output.Values});");
                }
            }
        }

        writer.Line();
    }

    /// <summary>A stream that starts anew takes over the states that the layers have learned.</summary>
    private void WriteStart(string use = "")
    {
        if (model.LearnsInitialState)
        {
            writer.Line($"{use}state.Start(_weights);");
        }
    }

    private void WriteLengthChecks(Func<OutputPhrases, string> length)
    {
        foreach (OutputPhrases output in _text.Outputs)
        {
            writer.Line($"{Services}.Check.Length({output.Values}.Length, {length(output)}, {Literals.Text(output.Values)});");
        }
    }

    private void WriteApartChecks()
    {
        foreach (OutputPhrases output in _text.Outputs.Where(_ => !_spec.Tokens))
        {
            writer.Line($"{Services}.Check.Apart(inputs, {output.Values});");
        }
    }

    /// <summary>Several outputs are asked for one by one after the layers that run once per window; a single one comes with them.</summary>
    private void WriteFinish()
    {
        if (_text.Outputs.Count > 1 && model.Nodes.Any(n => n.RunsOnce))
        {
            writer.Line("Kernels.Finish(ref _weights.Origin, state);");
        }
    }

    private static string OutputOf(OutputPhrases output) =>
        output.Name.Length == 0 ? "Kernels.Finish(ref _weights.Origin, state)" : $"Kernels.{output.Name}Output(state)";

    /// <summary>What a model has instead of a step that goes backwards: its use is a compiler error with an explanation.</summary>
    private void WriteNoStep()
    {
        string reverse = model.Layers.First(l => l.IsReverse).Spec.Name;
        writer.Line($$"""
            /// <summary>There is no single step: {{reverse}} goes from the end of a window to its start. Call Forward.</summary>
            /// <param name="state">The stream.</param>
            /// <param name="input">The input.</param>
            {{string.Join("\n", _text.Outputs.Select(o => $"/// <param name=\"{o.Values}\">The output.</param>"))}}
            [global::System.Obsolete("There is no single step: '{{reverse}}' goes from the end of a window to its start. Call Forward with the whole window.", error: true, DiagnosticId = "{{DiagnosticIds.NoStep}}", UrlFormat = "{{HelpLinks.For(DiagnosticIds.NoStep)}}")]
            [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
            public void Step(State state, {{(_spec.Tokens ? "int" : "global::System.ReadOnlySpan<float>")}} input, {{_text.OutputParameters}}) => throw new global::System.NotSupportedException();
            """);
        writer.Line();
    }

    private void WriteForward()
    {
        WriteWindowDocs(
            "A window in one call. The state goes on from where it is; reset it to start a new sequence. Allocates nothing.",
            _text.OutputDocs,
            "A span has the wrong length, or they overlap; nothing was changed.");
        JitHints.Optimize(writer);
        using (writer.Open($"public void Forward(State state, {_text.Inputs}, {_text.OutputParameters})"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
            writer.Line("int steps = CheckInputs(inputs);");
            WriteLengthChecks(output => output.Length);
            WriteApartChecks();
            WriteStart();
            if (model.NeedsWholeWindow)
            {
                writer.Line("global::System.Span<float> window = RunWindow(state, inputs, steps);");
                WriteActivations("window");
            }
            else
            {
                WriteStepsOfWindow((output, values, row) =>
                    $"{output.Head}.Activate({values}, {(row is null ? output.Values : output.RowOf(output.Values, row))});");
            }
        }

        writer.Line();
        if (model.NeedsWholeWindow)
        {
            using (writer.Open($"private global::System.Span<float> RunWindow(State state, {_text.Inputs}, int steps)"))
            {
                writer.Line("global::System.Span<float> window = state.Window;");
                new ModelWalk(writer, model, isBatch: false).WriteForward("window", isRecorded: false);
                writer.Line("return window;");
            }

            writer.Line();
        }
    }

    private void WriteWarmup()
    {
        const int Enough = 32;
        writer.Line("/// <summary>");
        writer.Line($"/// Compiles what {(model.NeedsWholeWindow ? "Forward needs" : "Step and Forward need")}, so that the first call takes no longer than the others. Model and states stay as they are.");
        writer.Line("/// </summary>");
        using (writer.Open("public void Warmup()"))
        {
            string outputs(Func<OutputPhrases, string> length) => string.Concat(_text.Outputs.Select(o => $", new float[{length(o)}]"));
            writer.Line("State state = CreateState();");
            if (!model.NeedsWholeWindow)
            {
                writer.Line($"Step(state, {(_spec.Tokens ? "0" : "new float[InputSize]")}{outputs(o => o.Size)});");
            }

            writer.Line($"const int steps = {Literals.Integer(Math.Min(_spec.SequenceLength, Enough))};");
            writer.Line($"Forward(state, {(_spec.Tokens ? "new int[steps]" : "new float[steps * InputSize]")}{outputs(o => o.Length)});");
        }

        writer.Line();
    }

    private void WriteWindowDocs(string summary, IEnumerable<string> parameters, string exception)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line("/// <param name=\"state\">The stream.</param>");
        writer.Line($"/// <param name=\"inputs\">{_text.InputShape}.</param>");
        foreach (string parameter in parameters)
        {
            writer.Line(parameter);
        }

        writer.Line($"/// <exception cref=\"global::System.ArgumentException\">{exception}</exception>");
    }

    /// <summary>
    /// Prints a loop over the steps of a window, with what happens to the outputs of each step, or of the window: the output, where its values
    /// are, and its row.
    /// </summary>
    private void WriteStepsOfWindow(Func<OutputPhrases, string, string?, string> use)
    {
        string call = _spec.Tokens
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
            WriteFinish();
            foreach (OutputPhrases output in _text.Outputs.Where(o => o.IsOnce))
            {
                writer.Line(use(output, OutputOf(output), null));
            }
        }
    }

    /// <summary>Prints the heads' activations of all rows.</summary>
    private void WriteActivations(string memory)
    {
        foreach (OutputPhrases output in _text.Outputs)
        {
            using (writer.Open($"for (int row = 0; row < {output.Rows}; row++)"))
            {
                writer.Line($"{output.Head}.Activate({output.OutputRow("row", memory)}, {output.RowOf(output.Values, "row")});");
            }
        }
    }

    private void WriteEvaluate()
    {
        bool single = _text.Outputs.Count == 1;
        string result = single ? "global::RnnGen.Score" : $"({string.Join(", ", _text.Outputs.Select(o => $"global::RnnGen.Score {o.Element}"))})";
        writer.Line("/// <summary>");
        writer.Line("/// Loss and hits of a window. The state goes on from where it is; reset it to start a new sequence. Needs no tape and allocates");
        writer.Line("/// nothing.");
        writer.Line("/// </summary>");
        writer.Line("/// <param name=\"state\">The stream.</param>");
        writer.Line($"/// <param name=\"inputs\">{_text.InputShape}.</param>");
        foreach (string parameter in _text.TargetDocs)
        {
            writer.Line(parameter);
        }

        writer.Line($"/// <returns>{(single ? "The score" : "A score for each head, without its weight")}; scores of several windows add up.</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length or range; nothing was changed.</exception>");
        using (writer.Open($"public {result} Evaluate(State state, {_text.Inputs}, {_text.TargetParameters})"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
            writer.Line("int steps = CheckInputs(inputs);");
            writer.Line(_text.CheckTargets);
            WriteStart();
            WriteScores(single);
        }

        writer.Line();
    }

    private void WriteScores(bool single)
    {
        // A single row of a single head is its score.
        bool isSum = !single || !_text.Outputs[0].IsOnce || model.NeedsWholeWindow;
        foreach (OutputPhrases output in _text.Outputs.Where(_ => isSum))
        {
            writer.Line($"global::RnnGen.Score {output.Score} = default;");
        }

        if (model.NeedsWholeWindow)
        {
            writer.Line("global::System.Span<float> window = RunWindow(state, inputs, steps);");
            foreach (OutputPhrases output in _text.Outputs)
            {
                using (writer.Open($"for (int row = 0; row < {output.Rows}{Present(output)}; row++)"))
                {
                    writer.Line($"{output.Score} += {output.ScoreCall(output.OutputRow("row", "window"), output.TargetOf("row"))};");
                }
            }
        }
        else
        {
            WriteStepsOfWindow((output, values, row) => !isSum
                ? $"return {output.ScoreCall(values, output.TargetOf(row))};"
                : single
                ? $"{output.Score} += {output.ScoreCall(values, output.TargetOf(row))};"
                : $"{output.Score} += {output.Targets}.IsEmpty ? default : {output.ScoreCall(values, output.TargetOf(row))};");
        }

        if (isSum)
        {
            writer.Line();
            writer.Line(single ? "return score;" : $"return ({string.Join(", ", _text.Outputs.Select(o => o.Score))});");
        }

        string Present(OutputPhrases output) => single ? "" : $" && !{output.Targets}.IsEmpty";
    }

    private void WriteRecord()
    {
        string tapeDoc = "/// <param name=\"tape\">Takes the recording; it replaces the one before.</param>";
        WriteWindowDocs(
            "A window that is recorded for Backward. The state goes on from where it is. Allocates nothing.",
            [tapeDoc],
            "The inputs have the wrong length, or the tape is another model's; nothing was changed.");
        using (writer.Open($"public void Forward(State state, {_text.Inputs}, Tape tape)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustBelongTo(this);");
            writer.Line("int steps = CheckInputs(inputs);");
            writer.Line("tape.StartRecording(steps);");
            WriteStart("tape.StartsAsLearned = ");
            new ModelWalk(writer, model, isBatch: false).WriteForward("tape", isRecorded: true);
        }

        writer.Line();
        WriteWindowDocs(
            "A window that is recorded for Backward, with its outputs. Allocates nothing.",
            _text.OutputDocs.Append(tapeDoc),
            "A span has the wrong length, or the tape is another model's; nothing was changed.");
        using (writer.Open($"public void Forward(State state, {_text.Inputs}, {_text.OutputParameters}, Tape tape)"))
        {
            writer.Line("int steps = CheckInputs(inputs);");
            WriteLengthChecks(output => output.Length);
            WriteApartChecks();
            writer.Line("Forward(state, inputs, tape);");
            WriteActivations("tape");
        }

        writer.Line();
    }

    /// <summary>The checks that several verbs share.</summary>
    private void WriteChecks()
    {
        using (writer.Open($"private static int CheckInputs({_text.Inputs})"))
        {
            writer.Line($"int steps = {Services}.Check.Steps(inputs.Length, {(_spec.Tokens ? "1" : "InputSize")}, SequenceLength, \"inputs\");");
            if (_spec.Tokens)
            {
                writer.Line($"{Services}.Check.Tokens(inputs, InputSize, \"inputs\");");
            }

            writer.Line("return steps;");
        }

        writer.Line();
        if (!model.HasHead)
        {
            return;
        }

        using (writer.Open($"private static void CheckTargets({_text.TargetParameters}{(_text.TargetsHaveSteps ? ", int steps" : "")})"))
        {
            foreach (OutputPhrases output in _text.Outputs)
            {
                if (_text.Outputs.Count == 1)
                {
                    WriteTargetCheck(output);
                    continue;
                }

                using (writer.Open($"if (!{output.Targets}.IsEmpty)"))
                {
                    WriteTargetCheck(output);
                }
            }
        }

        writer.Line();
    }

    private void WriteTargetCheck(OutputPhrases output)
    {
        writer.Line($"{Services}.Check.Length({output.Targets}.Length, {output.TargetLength}, {Literals.Text(output.Targets)});");
        if (output.IsClass)
        {
            writer.Line($"{Services}.Check.Targets({output.Targets}, {output.Size});");
        }
    }
}
