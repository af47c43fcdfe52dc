using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>A layer as it was declared, before its position in the graph is known.</summary>
/// <param name="Name">Name of the member or of the attribute.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Units">The declared size; 0 if it is that of the input.</param>
/// <param name="Property">The member, or null for an attribute on the class.</param>
/// <param name="Location">The location of the attribute.</param>
/// <param name="SizeLocation">The location of its size.</param>
internal sealed record LayerDraft(string Name, LayerKind Kind, int Units, PropertySpec? Property, Location? Location, Location? SizeLocation)
{
    /// <summary>The options of its kind.</summary>
    public OptionValues Options { get; init; } = OptionValues.None;

    /// <summary>Whether a recurrent layer outputs every step.</summary>
    public bool ReturnSequences { get; init; } = true;

    /// <summary>The location of its name; null for an attribute on the class.</summary>
    public Location? NameLocation { get; init; }

    /// <summary>The names in its From; empty for the default.</summary>
    public EquatableArray<string> From { get; init; }

    /// <summary>The location of From.</summary>
    public Location? FromLocation { get; init; }

    public DirectionKind Direction { get; init; }

    public MergeKind Merge { get; init; }

    public int Depth { get; init; } = 1;

    /// <summary>Its location.</summary>
    public Location? DepthLocation { get; init; }

    public bool Residual { get; init; }

    /// <summary>The factor of a head's loss.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Its location; null if it is not set.</summary>
    public Location? WeightLocation { get; init; }

    /// <summary>Name of the embedding whose weights a head shares, or null.</summary>
    public string? Tied { get; init; }

    /// <summary>Its location.</summary>
    public Location? TiedLocation { get; init; }

    /// <summary>The location of the format of its weights; null if it leaves it to the model.</summary>
    public Location? FormatLocation { get; init; }

    public bool IsHead => Kind is Head;

    /// <summary>Reads a layer attribute. A wrong value is reported, and replaced by a valid one for the other checks.</summary>
    public static LayerDraft? Read(
        AttributeData attribute,
        string name,
        string owner,
        PropertySpec? property,
        ErrorCollector errors,
        CancellationToken cancellationToken)
    {
        var reader = new AttributeReader(attribute, owner, errors, cancellationToken);
        if (KnownNames.KindOf(attribute) is not { } kind)
        {
            errors.Add(Descriptors.UnreadableAttribute, reader.Location, reader.Name, owner);
            return null;
        }

        if (!reader.CheckReadable(argumentCount: kind.KeepsSize && kind.Argument is null ? 0 : kind.SecondArgument is null ? 1 : 2))
        {
            return null;
        }

        int? size = kind.KeepsSize ? 0 : kind.Argument is Numbers ? reader.ReadLength(0) : reader.ReadSize(0);
        int units = size ?? 1;
        if (size is int outputs && kind is Head head && head.HasOneAnswer(outputs))
        {
            errors.Add(Descriptors.SoftmaxOfOne, reader.SizeLocation(0), owner);
        }

        var direction = (DirectionKind)reader.ReadChoice("Direction", typeof(DirectionKind));
        bool merges = reader.HasEffect("Merge", direction == DirectionKind.Bidirectional, "the layer runs in one direction");
        double? weight = reader.ReadNumber("Weight", w => w >= 0 && w <= float.MaxValue, "finite and at least 0");
        return new LayerDraft(name, kind, units, property, reader.Location, reader.SizeLocation(0))
        {
            Options = new OptionsReader(reader, kind, units).Read(),
            ReturnSequences = reader.ReadFlag("ReturnSequences", otherwise: true),
            From = reader.ReadNames("From"),
            FromLocation = reader.ArgumentLocation("From", index: null),
            Direction = direction,
            Merge = merges ? (MergeKind)reader.ReadChoice("Merge", typeof(MergeKind)) : default,
            Depth = reader.ReadCount("Layers"),
            DepthLocation = reader.ArgumentLocation("Layers", index: null),
            Residual = reader.ReadFlag("Residual", otherwise: false),
            Weight = weight ?? 1,
            WeightLocation = weight is null ? null : reader.ArgumentLocation("Weight", index: null),
            Tied = reader.ReadName("Tied"),
            TiedLocation = reader.ArgumentLocation("Tied", index: null),
            FormatLocation = reader.IsSet(RecurrentLayer.Weights.Name) ? reader.ArgumentLocation(RecurrentLayer.Weights.Name, index: null) : null,
        };
    }
}
