using RnnGen.Generator.Emission.Verbs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the nested trainer, with the types of the model and its tape, and with the verbs for several heads.</summary>
internal sealed class TrainerWriter(SourceWriter writer, ModelPlan model)
{
    private readonly VerbPhrases _text = new(model);
    private readonly VerbParameters _parameters = new(model);

    public void Write()
    {
        string name = model.Spec.Target.Self;
        writer.Line($"/// <summary>Trains a <see cref=\"{model.Spec.Target.FullName}\"/>.</summary>");
        using (writer.Open($"public sealed class Trainer : global::RnnGen.{(_text.TrainsInBatches ? "BatchTrainer" : "Trainer")}{(model.HasHead ? $"<{_text.DataTypes}>" : "")}"))
        {
            writer.Line($$"""
                internal Trainer({{name}} model, global::RnnGen.OptimizerSettings settings)
                    : base(model, settings)
                {
                }

                /// <summary>The model in training.</summary>
                public override {{name}} Model => ({{name}})base.Model;

                /// <summary>The gradients and losses since the last update.</summary>
                public override Tape Tape => (Tape)base.Tape;
                """);
            if (!model.HasHead)
            {
                writer.Line();
                WriteNoTraining();
            }
            else if (_text.Outputs.Count > 1)
            {
                writer.Line();
                WriteVerb("Train", isCarried: false);
                WriteVerb("Train", isCarried: true);
                WriteVerb("Accumulate", isCarried: false);
                WriteVerb("Accumulate", isCarried: true);
            }
        }
    }

    /// <summary>What the trainer of a model without a head has instead of training on targets: its use is a compiler error with the cure.</summary>
    private void WriteNoTraining()
    {
        const string error = "The model has no head, so there is no loss to train on. Add one as its last layer, such as [Linear(n)] for numbers or [Softmax(n)] for classes; "
            + "or call Backward of the model with the gradients of your own loss, then Update.";
        foreach (string verb in new[]
        {
            $"float Train({_text.Inputs}, global::System.ReadOnlySpan<float> targets)",
            $"float Train({_text.Inputs}, global::System.ReadOnlySpan<int> targets)",
            "global::RnnGen.FitResult Fit(params object?[] arguments)",
        })
        {
            writer.Line($"""
                /// <summary>The model has no head, so there is no loss to train on.</summary>
                [global::System.Obsolete("{error}", error: true)]
                [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
                public {verb} => throw new global::System.NotSupportedException();
                """);
        }
    }

    private void WriteVerb(string name, bool isCarried)
    {
        string targets = _text.TargetArguments;
        string window = isCarried ? "carried, inputs" : "inputs";
        string start = isCarried ? "continues from a state" : "starts from the zero state";
        bool updates = name == "Train";
        Parameter carried = new("State", "carried", "The state, which is advanced to the end of the window. If the new state is not finite, the old one is kept; if that is not finite either, it is reset.");
        new Verb(
            $"public float {name}",
            [.. isCarried ? [carried] : new Parameter[0], new(_text.InputType, "inputs", $"{_text.InputShape}."), .. _parameters.Targets()],
            body => body.Lines(updates
                ? [$"Accumulate({window}, {targets});", "return Update();"]
                : [.. _text.CheckWindow(targets), $"Record({window});", $"return Model.Backward(Tape, {targets});"]),
            Summary: !updates ? $"Adds the gradients of a window that {start}; Update applies them."
                : $"Trains on a window that {start}"
                    + (isCarried ? ", with one update: truncated back-propagation through time." : ": forward, back through time, one update."),
            Returns: updates
                ? "The loss before the update; NaN if the update was skipped because a value was not finite, or if all targets are ignored."
                : "The loss of the window; NaN if all targets are ignored.",
            Exceptions: [("ArgumentException", "A span has the wrong length or invalid values; nothing was changed.")]).Write(writer);
    }
}
