using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the nested trainer: the verbs that depend on the kind of inputs and targets.</summary>
internal sealed class TrainerWriter(SourceWriter writer, ModelPlan model)
{
    public void Write()
    {
        string name = model.Spec.Target.Name;
        string input = model.Spec.Tokens ? "int" : "float";
        writer.Line($"/// <summary>Trains a <see cref=\"{name}\"/>.</summary>");
        using (writer.Open($"public sealed class Trainer : global::RnnGen.Trainer<{name}, State, Tape>"))
        {
            writer.Line($$"""
                internal Trainer({{name}} model, global::RnnGen.OptimizerSettings settings)
                    : base(model, settings)
                {
                }
                """);
            if (model.Head is LayerSpec head)
            {
                WriteVerbs(input, head.Kind == LayerKind.Softmax ? "int" : "float");
            }
        }

        writer.Line();
    }

    private void WriteVerbs(string input, string target)
    {
        string parameters = $"global::System.ReadOnlySpan<{input}> inputs, global::System.ReadOnlySpan<{target}> targets";
        string check = model.IsManyToOne ? "CheckInputs(inputs);\n    CheckTargets(targets);" : "CheckTargets(targets, CheckInputs(inputs));";
        writer.Line($$"""

            /// <summary>One training step on a window that starts at the zero state: forward, back through time, update.</summary>
            /// <param name="inputs">The window, as for Forward.</param>
            /// <param name="targets">Its targets, as for Backward.</param>
            /// <returns>The mean loss before the update; NaN if the update was left out because loss or gradient was not finite.</returns>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length; nothing was changed.</exception>
            public float Step({{parameters}})
            {
                Accumulate(inputs, targets);
                return Update();
            }

            /// <summary>One training step on a window that goes on where the state is: truncated back-propagation through time.</summary>
            /// <param name="carried">The state; it is moved on to the end of the window.</param>
            /// <param name="inputs">The window, as for Forward.</param>
            /// <param name="targets">Its targets, as for Backward.</param>
            /// <returns>The mean loss before the update; NaN if the update was left out because loss or gradient was not finite.</returns>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length; nothing was changed.</exception>
            public float Step(State carried, {{parameters}})
            {
                Accumulate(carried, inputs, targets);
                return Update();
            }

            /// <summary>Adds the gradients of a window that starts at the zero state; Update applies them.</summary>
            /// <param name="inputs">The window, as for Forward.</param>
            /// <param name="targets">Its targets, as for Backward.</param>
            /// <returns>The mean loss of the window.</returns>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length; nothing was changed.</exception>
            public float Accumulate({{parameters}})
            {
                State.Reset();
                return Accumulate(State, inputs, targets);
            }

            /// <summary>Adds the gradients of a window that goes on where the state is; Update applies them.</summary>
            /// <param name="carried">The state; it is moved on to the end of the window.</param>
            /// <param name="inputs">The window, as for Forward.</param>
            /// <param name="targets">Its targets, as for Backward.</param>
            /// <returns>The mean loss of the window.</returns>
            /// <exception cref="global::System.ArgumentException">A span has the wrong length; nothing was changed.</exception>
            public float Accumulate(State carried, {{parameters}})
            {
                {{check}}
                Model.Forward(carried, inputs, Tape);
                return Model.Backward(Tape, targets);
            }
            """);
    }
}
