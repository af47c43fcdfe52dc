using RnnGen.Generator.Emission.Verbs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the nested trainer: a name, so that users need not write five type arguments, and the verbs of several heads.</summary>
internal sealed class TrainerWriter(SourceWriter writer, ModelPlan model)
{
    private readonly VerbPhrases _text = new(model);
    private readonly VerbParameters _parameters = new(model);

    public void Write()
    {
        string name = model.Spec.Target.Self;
        writer.Line($"/// <summary>Trains a <see cref=\"{model.Spec.Target.FullName}\"/>.</summary>");
        using (writer.Open($"public sealed class Trainer : global::RnnGen.{(_text.TrainsInBatches ? "BatchTrainer" : "Trainer")}<{name}, State, Tape{(_text.TrainsInBatches ? ", Batch" : "")}{_text.DataTypes}>"))
        {
            writer.Line($$"""
                internal Trainer({{name}} model, global::RnnGen.OptimizerSettings settings)
                    : base(model, settings)
                {
                }

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
        const string skipped = "The loss before the update; NaN if the update was left out because something was not finite, or if every target is ignored.";
        const string loss = "The loss of the window; NaN if every target is ignored.";
        string targets = _text.TargetArguments;
        return
        [
            Verb("Step", "One training step on a window that starts at the zero state: forward, back through time, update.", isCarried: false, skipped,
                $"Accumulate(inputs, {targets});", "return Update();"),
            Verb("Step", "One training step on a window that goes on where the state is: truncated back-propagation through time.", isCarried: true, skipped,
                $"Accumulate(carried, inputs, {targets});", "return Update();"),
            Verb("Accumulate", "Adds the gradients of a window that starts at the zero state; Update applies them.", isCarried: false, loss,
                "State.Reset();", $"return Accumulate(State, inputs, {targets});"),
            Verb("Accumulate", "Adds the gradients of a window that goes on where the state is; Update applies them.", isCarried: true, loss,
                [.. _text.CheckWindow(targets), "Record(carried, inputs);", $"return Model.Backward(Tape, {targets});"]),
        ];
    }

    private Verb Verb(string name, string summary, bool isCarried, string returns, params IEnumerable<string> body)
    {
        Parameter carried = new("State", "carried", "The state; it is moved on to the end of the window. If it would not be finite there, it stays as it was; if it was not finite either, it is reset.");
        return new Verb($"public float {name}",
            [.. isCarried ? [carried] : new Parameter[0], new(_text.InputType, "inputs", $"{_text.InputShape}."), .. _parameters.Targets()],
            body)
        {
            Summary = summary,
            Returns = returns,
            Exceptions = [("ArgumentException", "A span has the wrong length or range; nothing was changed.")],
        };
    }
}
