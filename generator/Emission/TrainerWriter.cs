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
            foreach (Verb verb in _text.Outputs.Count > 1 ? Verbs() : [])
            {
                verb.Write(writer);
            }
        }

        writer.Line();
    }

    private IEnumerable<Verb> Verbs()
    {
        const string skipped = "The loss before the update; NaN if the update was skipped because a value was not finite, or if all targets are ignored.";
        const string loss = "The loss of the window; NaN if all targets are ignored.";
        string targets = _text.TargetArguments;
        return
        [
            Verb("Train", "Trains on a window that starts from the zero state: forward, back through time, one update.", isCarried: false, skipped,
                $"Accumulate(inputs, {targets});", "return Update();"),
            Verb("Train", "Trains on a window that continues from a state, with one update: truncated back-propagation through time.", isCarried: true, skipped,
                $"Accumulate(carried, inputs, {targets});", "return Update();"),
            Verb("Accumulate", "Adds the gradients of a window that starts from the zero state; Update applies them.", isCarried: false, loss,
                [.. _text.CheckWindow(targets), "Record(inputs);", $"return Model.Backward(Tape, {targets});"]),
            Verb("Accumulate", "Adds the gradients of a window that continues from a state; Update applies them.", isCarried: true, loss,
                [.. _text.CheckWindow(targets), "Record(carried, inputs);", $"return Model.Backward(Tape, {targets});"]),
        ];
    }

    private Verb Verb(string name, string summary, bool isCarried, string returns, params IEnumerable<string> body)
    {
        Parameter carried = new("State", "carried", "The state, which is advanced to the end of the window. If the new state is not finite, the old one is kept; if that is not finite either, it is reset.");
        return new Verb($"public float {name}",
            [.. isCarried ? [carried] : new Parameter[0], new(_text.InputType, "inputs", $"{_text.InputShape}."), .. _parameters.Targets()],
            body)
        {
            Summary = summary,
            Returns = returns,
            Exceptions = [("ArgumentException", "A span has the wrong length or invalid values; nothing was changed.")],
        };
    }
}
