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
        WriteRecord();
        new BackwardWriter(writer, model).Write();
        if (model.Head is not null)
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
            public static {{model.Spec.Target.Name}} Load(string path)
            {
                var model = new {{model.Spec.Target.Name}}(BuildWeights());
                model.LoadWeights(path);
                return model;
            }

            /// <summary>Replaces all weights and the metadata by those of a safetensors file. On an error the model stays as it was.</summary>
            /// <param name="path">The file.</param>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
            public void LoadWeights(string path) => _weights.Load(path);

            /// <summary>Writes all weights and the metadata to a safetensors file. The file is complete or, on an error, as it was before.</summary>
            /// <param name="path">The file.</param>
            /// <exception cref="global::RnnGen.CheckpointException">The file cannot be written.</exception>
            public void Save(string path) => _weights.Save(path);

            /// <summary>A copy with weights and metadata of its own.</summary>
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
        if (model.NeedsWholeWindow)
        {
            WriteNoStep();
            return;
        }

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
            /// <summary>One step of a stream: reads the input, moves the state on, writes the output. Allocates nothing.</summary>
            /// <param name="state">The stream.</param>
            {{inputDoc}}
            /// <param name="outputs">Takes [OutputSize]{{_text.OutputMeaning()}}.</param>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length, or they overlap; nothing was changed.</exception>{{rangeDoc}}
            public void Step(State state, {{input}}, global::System.Span<float> outputs)
            {
                global::System.ArgumentNullException.ThrowIfNull(state);
                {{check}}
                {{Services}}.Check.Length(outputs.Length, OutputSize, nameof(outputs));{{apart}}
                Kernels.Step(ref _weights.Origin, {{(_spec.Tokens ? "(nuint)token" : "inputs")}}, state);
                {{_text.Head}}.Activate(Kernels.Finish(ref _weights.Origin, state), outputs);
            }
            """);
        writer.Line();
    }

    /// <summary>What a model has instead of a step that goes backwards: its use is a compiler error with an explanation.</summary>
    private void WriteNoStep()
    {
        string reverse = model.Layers.First(l => l.IsReverse).Spec.Name;
        writer.Line($$"""
            /// <summary>There is no single step: {{reverse}} goes from the end of a window to its start. Call Forward.</summary>
            /// <param name="state">The stream.</param>
            /// <param name="input">The input.</param>
            /// <param name="outputs">The output.</param>
            [global::System.Obsolete("There is no single step: '{{reverse}}' goes from the end of a window to its start. Call Forward with the whole window.", error: true, DiagnosticId = "{{DiagnosticIds.NoStep}}", UrlFormat = "{{HelpLinks.For(DiagnosticIds.NoStep)}}")]
            [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
            public void Step(State state, {{(_spec.Tokens ? "int" : "global::System.ReadOnlySpan<float>")}} input, global::System.Span<float> outputs) => throw new global::System.NotSupportedException();
            """);
        writer.Line();
    }

    private void WriteForward()
    {
        writer.Line($$"""
            /// <summary>A window in one call. The state goes on from where it is; reset it to start a new sequence. Allocates nothing.</summary>
            /// <param name="state">The stream.</param>
            /// <param name="inputs">{{_text.InputShape}}.</param>
            /// <param name="outputs">Takes {{_text.OutputShape}}{{_text.OutputMeaning()}}.</param>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length, or they overlap; nothing was changed.</exception>
            """);
        using (writer.Open($"public void Forward(State state, {_text.Inputs}, global::System.Span<float> outputs)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
            writer.Line("int steps = CheckInputs(inputs);");
            writer.Line($"{Services}.Check.Length(outputs.Length, {_text.OutputLength}, nameof(outputs));");
            if (!_spec.Tokens)
            {
                writer.Line($"{Services}.Check.Apart(inputs, outputs);");
            }

            if (model.NeedsWholeWindow)
            {
                writer.Line("global::System.Span<float> window = RunWindow(state, inputs, steps);");
                WriteActivations("window");
            }
            else
            {
                WriteStepsOfWindow(step => $"{_text.Head}.Activate(Kernels.Finish(ref _weights.Origin, state), {(step ? "outputs.Slice(step * OutputSize, OutputSize)" : "outputs")});");
            }
        }

        writer.Line();
        if (model.NeedsWholeWindow)
        {
            using (writer.Open($"private global::System.Span<float> RunWindow(State state, {_text.Inputs}, int steps)"))
            {
                writer.Line("global::System.Span<float> window = state.Window;");
                new ForwardWriter(writer, model, isRecorded: false).Write();
                writer.Line("return window;");
            }

            writer.Line();
        }
    }

    /// <summary>Prints a loop over the steps of a window, with what happens to the output of each step or, many to one, to the only one.</summary>
    private void WriteStepsOfWindow(Func<bool, string> finish)
    {
        using (writer.Open("for (int step = 0; step < steps; step++)"))
        {
            writer.Line(_spec.Tokens
                ? "Kernels.Step(ref _weights.Origin, (nuint)inputs[step], state);"
                : "Kernels.Step(ref _weights.Origin, inputs.Slice(step * InputSize, InputSize), state);");
            if (!model.IsManyToOne)
            {
                writer.Line(finish(true));
            }
        }

        if (model.IsManyToOne)
        {
            writer.Line();
            writer.Line(finish(false));
        }
    }

    /// <summary>Prints the head's activation of all rows.</summary>
    private void WriteActivations(string memory)
    {
        using (writer.Open($"for (int row = 0; row < {_text.Rows}; row++)"))
        {
            writer.Line($"{_text.Head}.Activate({_text.OutputRow("row", memory)}, outputs.Slice(row * OutputSize, OutputSize));");
        }
    }

    private void WriteEvaluate()
    {
        writer.Line($$"""
            /// <summary>
            /// Loss and hits of a window. The state goes on from where it is; reset it to start a new sequence. Needs no tape and allocates
            /// nothing.
            /// </summary>
            /// <param name="state">The stream.</param>
            /// <param name="inputs">{{_text.InputShape}}.</param>
            /// <param name="targets">{{_text.TargetShape}}.</param>
            /// <returns>The score; scores of several windows add up.</returns>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length or range; nothing was changed.</exception>
            """);
        using (writer.Open($"public global::RnnGen.Score Evaluate(State state, {_text.Inputs}, {_text.Targets})"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
            writer.Line("int steps = CheckInputs(inputs);");
            writer.Line($"CheckTargets(targets{(model.IsManyToOne ? "" : ", steps")});");
            if (!model.IsManyToOne || model.NeedsWholeWindow)
            {
                writer.Line("global::RnnGen.Score score = default;");
            }

            if (model.NeedsWholeWindow)
            {
                writer.Line("global::System.Span<float> window = RunWindow(state, inputs, steps);");
                using (writer.Open($"for (int row = 0; row < {_text.Rows}; row++)"))
                {
                    writer.Line($"score += {_text.Head}.Score({_text.OutputRow("row", "window")}, {TargetOf("row")});");
                }
            }
            else
            {
                WriteStepsOfWindow(step => step
                    ? $"score += {_text.Head}.Score(Kernels.Finish(ref _weights.Origin, state), {TargetOf("step")});"
                    : $"return {_text.Head}.Score(Kernels.Finish(ref _weights.Origin, state), {(_text.Target == "int" ? "targets[0]" : "targets")});");
            }

            if (!model.IsManyToOne || model.NeedsWholeWindow)
            {
                writer.Line();
                writer.Line("return score;");
            }
        }

        writer.Line();
    }

    private string TargetOf(string row) => _text.Target == "int" ? $"targets[{row}]" : $"targets.Slice({row} * OutputSize, OutputSize)";

    private void WriteRecord()
    {
        writer.Line($$"""
            /// <summary>A window that is recorded for Backward. The state goes on from where it is. Allocates nothing.</summary>
            /// <param name="state">The stream.</param>
            /// <param name="inputs">{{_text.InputShape}}.</param>
            /// <param name="tape">Takes the recording; it replaces the one before.</param>
            /// <exception cref="global::System.ArgumentException">The inputs have the wrong length, or the tape is another model's; nothing was changed.</exception>
            """);
        using (writer.Open($"public void Forward(State state, {_text.Inputs}, Tape tape)"))
        {
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(state);");
            writer.Line("global::System.ArgumentNullException.ThrowIfNull(tape);");
            writer.Line("tape.MustBelongTo(this);");
            writer.Line("int steps = CheckInputs(inputs);");
            writer.Line("tape.StartRecording(steps);");
            new ForwardWriter(writer, model, isRecorded: true).Write();
        }

        writer.Line();
        writer.Line($$"""
            /// <summary>A window that is recorded for Backward, with its outputs. Allocates nothing.</summary>
            /// <param name="state">The stream.</param>
            /// <param name="inputs">{{_text.InputShape}}.</param>
            /// <param name="outputs">Takes {{_text.OutputShape}}{{_text.OutputMeaning()}}.</param>
            /// <param name="tape">Takes the recording; it replaces the one before.</param>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length, or the tape is another model's; nothing was changed.</exception>
            """);
        using (writer.Open($"public void Forward(State state, {_text.Inputs}, global::System.Span<float> outputs, Tape tape)"))
        {
            writer.Line("int steps = CheckInputs(inputs);");
            writer.Line($"{Services}.Check.Length(outputs.Length, {_text.OutputLength}, nameof(outputs));");
            if (!_spec.Tokens)
            {
                writer.Line($"{Services}.Check.Apart(inputs, outputs);");
            }

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
            using (writer.Open($"private static void CheckTargets({_text.Targets}{steps})"))
            {
                writer.Line($"{Services}.Check.Length(targets.Length, {(classes ? _text.Rows : _text.OutputLength)}, nameof(targets));");
                if (classes)
                {
                    writer.Line($"{Services}.Check.Targets(targets, OutputSize);");
                }
            }

            writer.Line();
        }
    }
}
