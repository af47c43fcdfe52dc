using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>The runtime's interfaces that are generic over the classes of a model's memory.</summary>
internal sealed class TypedInterfaces(ModelPlan model)
{
    private readonly VerbPhrases _text = new(model);

    public string Model => Of("Model", _text.Input, "State", "Tape");

    public string HeadModel => Of("Model", _text.DataTypes, "State", "Tape");

    public string BatchModel => Of("BatchModel", _text.Input, "Tape", "Batch");

    public string BatchHeadModel => Of("BatchModel", _text.DataTypes, "Tape", "Batch");

    private string Of(string name, string dataTypes, string first, string second)
    {
        string self = model.Spec.Target.Self;
        return $"{VerbPhrases.Services}.ITyped{name}<{dataTypes}, {self}.{first}, {self}.{second}>";
    }
}
