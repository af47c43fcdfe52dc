using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints the nested trainer, so that users need not write five type arguments.</summary>
internal sealed class TrainerWriter(SourceWriter writer, ModelPlan model)
{
    public void Write()
    {
        string name = model.Spec.Target.Name;
        writer.Line($$"""
            /// <summary>Trains a <see cref="{{name}}"/>.</summary>
            public sealed class Trainer : global::RnnGen.Trainer<{{name}}, State, Tape{{new VerbPhrases(model).DataTypes}}>
            {
                internal Trainer({{name}} model, global::RnnGen.OptimizerSettings settings)
                    : base(model, settings)
                {
                }
            }
            """);
        writer.Line();
    }
}
