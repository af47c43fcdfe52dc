using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the nested trainer: a name, so that users need not write five type arguments, and the verbs of several heads.</summary>
internal sealed class TrainerWriter(SourceWriter writer, ModelPlan model)
{
    private readonly VerbPhrases _text = new(model);

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
            if (model.Outputs.Count > 1)
            {
                WriteVerbs();
            }
        }

        writer.Line();
    }

    private void WriteVerbs()
    {
        WriteVerb("One training step on a window that starts at the zero state: forward, back through time, update.", "Step", isCarried: false,
            "The loss before the update; NaN if the update was left out because something was not finite, or if every target is ignored.",
            [$"Accumulate(inputs, {_text.TargetArguments});", "return Update();"]);
        WriteVerb("One training step on a window that goes on where the state is: truncated back-propagation through time.", "Step", isCarried: true,
            "The loss before the update; NaN if the update was left out because something was not finite, or if every target is ignored.",
            [$"Accumulate(carried, inputs, {_text.TargetArguments});", "return Update();"]);
        WriteVerb("Adds the gradients of a window that starts at the zero state; Update applies them.", "Accumulate", isCarried: false,
            "The loss of the window; NaN if every target is ignored.",
            ["State.Reset();", $"return Accumulate(State, inputs, {_text.TargetArguments});"]);
        WriteVerb("Adds the gradients of a window that goes on where the state is; Update applies them.", "Accumulate", isCarried: true,
            "The loss of the window; NaN if every target is ignored.",
            [.. _text.CheckWindow(_text.TargetArguments), "Record(carried, inputs);", $"return Model.Backward(Tape, {_text.TargetArguments});"]);
    }

    private void WriteVerb(string summary, string name, bool isCarried, string returns, IEnumerable<string> body)
    {
        writer.Line();
        writer.Line($"/// <summary>{summary}</summary>");
        if (isCarried)
        {
            writer.Line("/// <param name=\"carried\">The state; it is moved on to the end of the window. If it would not be finite there, it stays as it was; if it was not finite either, it is reset.</param>");
        }

        writer.Line($"/// <param name=\"inputs\">{_text.InputShape}.</param>");
        foreach (string parameter in _text.TargetDocs)
        {
            writer.Line(parameter);
        }

        writer.Line($"/// <returns>{returns}</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has the wrong length or range; nothing was changed.</exception>");
        using (writer.Open($"public float {name}({(isCarried ? "State carried, " : "")}{_text.Inputs}, {_text.TargetParameters})"))
        {
            foreach (string line in body)
            {
                writer.Line(line);
            }
        }
    }
}
