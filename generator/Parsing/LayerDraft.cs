using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>A layer as it was declared, before its place among the others is known.</summary>
/// <param name="Name">Name of the member or of the attribute.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Size">Numbers that go out per step; 0 where they are as many as come in.</param>
/// <param name="Activation">The function of a vanilla layer or of an activation.</param>
/// <param name="LinearBeforeReset">The form of a GRU.</param>
/// <param name="ReturnSequences">Whether a recurrent layer hands on every step.</param>
/// <param name="Bias">Whether it has biases.</param>
/// <param name="Property">The member, or null for an attribute on the class.</param>
/// <param name="Location">Where it is declared: the attribute.</param>
/// <param name="SizeLocation">Where its size is written.</param>
internal sealed record LayerDraft(
    string Name,
    LayerKind Kind,
    int Size,
    ActivationKind Activation,
    bool LinearBeforeReset,
    bool ReturnSequences,
    bool Bias,
    PropertySpec? Property,
    Location? Location,
    Location? SizeLocation)
{
    private const string Weights = "finite and at least 0";

    /// <summary>What else is asked of its equations.</summary>
    public CellOptions Options { get; init; } = new();

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

    public double Rate { get; init; }

    public bool Variational { get; init; }

    public LossKind Loss { get; init; }

    public double Delta { get; init; } = 1;

    /// <summary>What the loss of a head is multiplied by.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Where that is written; null where it is not.</summary>
    public Location? WeightLocation { get; init; }

    /// <summary>Weights of the classes or of the positive targets of a head; empty where all are 1.</summary>
    public EquatableArray<double> TargetWeights { get; init; }

    /// <summary>Name of the embedding whose weights a head shares, or null.</summary>
    public string? Tied { get; init; }

    /// <summary>Where that is written.</summary>
    public Location? TiedLocation { get; init; }

    public bool IsRecurrent => Kind is LayerKind.Rnn or LayerKind.Lstm or LayerKind.Gru;

    /// <summary>Whether it gives as many numbers as it gets, and has no matrix.</summary>
    public bool KeepsSize => Kind is LayerKind.Activation or LayerKind.LayerNorm or LayerKind.Normalization or LayerKind.Dropout;

    public bool IsHead => Kind is LayerKind.Softmax or LayerKind.Sigmoid or LayerKind.Linear;

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
        if (attribute.AttributeClass is not { } attributeClass || KnownNames.KindOf(attributeClass) is not { } kind)
        {
            errors.Add(Descriptors.UnreadableAttribute, reader.Location, reader.Name, owner);
            return null;
        }

        if (!reader.CheckReadable(argumentCount: kind is LayerKind.LayerNorm or LayerKind.Normalization ? 0 : 1))
        {
            return null;
        }

        bool isActivation = kind == LayerKind.Activation;
        int size = isActivation || kind is LayerKind.LayerNorm or LayerKind.Normalization or LayerKind.Dropout ? 0 : reader.ReadSize(0) ?? 1;
        ActivationKind activation = isActivation ? reader.ReadActivation(0) : reader.ReadActivation("Activation");
        CellOptions options = CellOptionsReader.Read(reader, kind, activation, ref size);
        var direction = (DirectionKind)reader.ReadChoice("Direction", typeof(DirectionKind));
        var loss = (LossKind)reader.ReadChoice("Loss", typeof(LossKind));
        bool merges = reader.HasEffect("Merge", direction == DirectionKind.Bidirectional, "the layer goes in one direction");
        bool hasDelta = reader.HasEffect("Delta", loss == LossKind.Huber, "the loss is not Loss.Huber");
        double? weight = reader.ReadNumber("Weight", IsWeight, Weights);
        return new LayerDraft(
            name,
            kind,
            size,
            activation,
            reader.ReadFlag("LinearBeforeReset", otherwise: true),
            reader.ReadFlag("ReturnSequences", otherwise: true),
            reader.ReadFlag("Bias", otherwise: true),
            property,
            reader.Location,
            reader.SizeLocation(0))
        {
            Options = options,
            From = reader.ReadNames("From"),
            FromLocation = reader.ArgumentLocation("From", index: null),
            Direction = direction,
            Merge = merges ? (MergeKind)reader.ReadChoice("Merge", typeof(MergeKind)) : default,
            Depth = reader.ReadCount("Layers"),
            DepthLocation = reader.ArgumentLocation("Layers", index: null),
            Residual = reader.ReadFlag("Residual", otherwise: false),
            Rate = kind == LayerKind.Dropout ? reader.ReadShare(0) : 0,
            Variational = reader.ReadFlag("Variational", otherwise: false),
            Weight = weight ?? 1,
            WeightLocation = weight is null ? null : reader.ArgumentLocation("Weight", index: null),
            Loss = loss,
            Delta = hasDelta ? reader.ReadNumber("Delta", delta => delta >= float.Epsilon && delta <= float.MaxValue, "more than 0 and finite") ?? 1 : 1,
            TargetWeights = ReadTargetWeights(reader, kind, size),
            Tied = reader.ReadName("Tied"),
            TiedLocation = reader.ArgumentLocation("Tied", index: null),
        };
    }

    private static EquatableArray<double> ReadTargetWeights(AttributeReader reader, LayerKind kind, int size)
    {
        string property = kind == LayerKind.Softmax ? "ClassWeights" : "PositiveWeights";
        EquatableArray<double> weights = reader.ReadNumbers(property, IsWeight, Weights);
        if (weights.Count > 0 && weights.Count != size)
        {
            reader.Report(Descriptors.WeightCount, property, $"{weights.Count} numbers, but {size} outputs");
        }

        return weights;
    }

    private static bool IsWeight(double weight) => weight >= 0 && weight <= float.MaxValue;
}
