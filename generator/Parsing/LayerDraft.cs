using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>A layer as it was declared, before its place among the others is known.</summary>
/// <param name="Name">Name of the member or of the attribute.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Units">The size that it asks for; 0 where it has that of its input.</param>
/// <param name="Property">The member, or null for an attribute on the class.</param>
/// <param name="Location">Where it is declared: the attribute.</param>
/// <param name="SizeLocation">Where its size is written.</param>
internal sealed record LayerDraft(string Name, LayerKind Kind, int Units, PropertySpec? Property, Location? Location, Location? SizeLocation)
{
    /// <summary>The options of its kind.</summary>
    public OptionValues Options { get; init; } = OptionValues.None;

    /// <summary>Whether a recurrent layer hands on every step.</summary>
    public bool ReturnSequences { get; init; } = true;

    /// <summary>Where its name is written; null for an attribute on the class.</summary>
    public Location? NameLocation { get; init; }

    /// <summary>The names that it reads, as they are written; empty for the default.</summary>
    public EquatableArray<string> From { get; init; }

    /// <summary>Where these are written.</summary>
    public Location? FromLocation { get; init; }

    public DirectionKind Direction { get; init; }

    public MergeKind Merge { get; init; }

    public int Depth { get; init; } = 1;

    /// <summary>Where that is written.</summary>
    public Location? DepthLocation { get; init; }

    public bool Residual { get; init; }

    /// <summary>What the loss of a head is multiplied by.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Where that is written; null where it is not.</summary>
    public Location? WeightLocation { get; init; }

    /// <summary>Name of the embedding whose weights a head shares, or null.</summary>
    public string? Tied { get; init; }

    /// <summary>Where that is written.</summary>
    public Location? TiedLocation { get; init; }

    public bool IsHead => Kind is Head;

    /// <summary>Reads a layer attribute. A value that is wrong is reported and replaced by one that lets the other checks go on.</summary>
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

        if (!reader.CheckReadable(argumentCount: kind.KeepsSize && kind.Argument is null ? 0 : 1))
        {
            return null;
        }

        int units = kind.KeepsSize ? 0 : reader.ReadSize(0) ?? 1;
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
        };
    }
}
