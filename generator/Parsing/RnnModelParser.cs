using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator.Parsing;

/// <summary>
/// Reads an annotated class. The generator and the analyzer both call it, so that they can never disagree; it is the last
/// stage that sees symbols.
/// </summary>
internal static class RnnModelParser
{
    // More lanes than this are not faster.
    private const int BatchLimit = 65_536;

    /// <summary>Parses one class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="attribute">Its <c>[RnnModel]</c>.</param>
    /// <param name="report">Receives the diagnostics with their locations, or null.</param>
    /// <param name="files">The weights files of the project; null if they are checked later.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The model or its errors; null for errors that only the compiler can report, such as two types with the same name.</returns>
    public static ParseResult? Parse(
        INamedTypeSymbol type,
        AttributeData attribute,
        Action<Diagnostic>? report,
        Func<IEnumerable<WeightsFile>>? files,
        CancellationToken cancellationToken)
    {
        if (type.TypeKind != TypeKind.Class || !IsFirst(type, attribute) || !TypeTargets.IsNamedOnce(type))
        {
            return null;
        }

        var errors = new ErrorCollector(report);
        TypeTarget target = TypeTargets.Create(type);
        try
        {
            bool isPrintable = ClassRules.Check(type, errors, cancellationToken);
            LayerMembers members = LayerMembers.Read(type, errors, cancellationToken);
            NameRules.Check(type, members.Layers, errors, cancellationToken);
            ModelSpec? model = ParseModel(type, target, attribute, members, files, errors, out Func<ModelSpec> standIn, cancellationToken);
            return model is not null && errors.Count == 0
                ? new ParseResult(model, Failure: null)
                : Fail(target, isPrintable, errors, members.Stubs, new Surface(standIn(), StandIn.Taken(type, cancellationToken), type.IsStatic));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // If a generator throws, the output of all models is lost, with only a warning.
            errors.Add(Descriptors.InternalError, attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation(), type.Name, exception.ToString());
            return Fail(target, isPrintable: false, errors, [], surface: null);
        }
    }

    private static ParseResult Fail(TypeTarget target, bool isPrintable, ErrorCollector errors, IReadOnlyList<string> stubs, Surface? surface) =>
        new(Model: null, new FailedModel(target, isPrintable, errors.ToArray(), new EquatableArray<string>(stubs)) { Surface = isPrintable ? surface : null });

    private static ModelSpec? ParseModel(
        INamedTypeSymbol type,
        TypeTarget target,
        AttributeData attribute,
        LayerMembers members,
        Func<IEnumerable<WeightsFile>>? files,
        ErrorCollector errors,
        out Func<ModelSpec> standIn,
        CancellationToken cancellationToken)
    {
        var reader = new AttributeReader(attribute, type.Name, errors, cancellationToken);
        bool isReadable = reader.CheckReadable(argumentCount: 2);
        int? inputSize = isReadable ? reader.ReadSize(0) : null;
        int? sequenceLength = isReadable ? reader.ReadSize(1) : null;
        bool tokens = isReadable && reader.ReadFlag("Tokens", otherwise: false);
        bool trace = isReadable && reader.ReadFlag("Trace", otherwise: false);
        WeightsSpec? weights = isReadable ? ReadWeights(reader) : null;
        int batchSize = reader.IsSet("BatchSize") ? reader.ReadCount("BatchSize", otherwise: 1, most: BatchLimit) : 0;

        List<LayerDraft>? layers = ReadLayers(type, reader.Location, members, errors, out IReadOnlyList<LayerDraft> found, cancellationToken);
        standIn = () => StandIn.Of(target, inputSize, sequenceLength, tokens, found) with { Trace = trace, BatchSize = batchSize, Weights = weights };
        if (layers is null)
        {
            return null;
        }

        int[][]? sources = LayerChain.Resolve(layers, tokens, errors);
        if (inputSize is null || sequenceLength is null || errors.Count > 0 || layers.Count == 0 || sources is null)
        {
            return null;
        }

        var model = new ModelSpec(
            target,
            inputSize.Value,
            sequenceLength.Value,
            tokens || layers[0].Kind is Embedding,
            LayerChain.Link(layers, sources, inputSize.Value, errors),
            DocumentClass: !UserSource.Declarations(type, cancellationToken).Any(UserSource.HasDocumentation))
        {
            Trace = trace,
            Precise = reader.ReadFlag("Precise", otherwise: false),
            Reproducible = reader.ReadFlag("Reproducible", otherwise: false),
            WeightFormat = (WeightFormatKind)reader.ReadChoice(RecurrentLayer.Weights.Name, typeof(WeightFormatKind)),
            Unroll = (UnrollKind)reader.ReadChoice("Unroll", typeof(UnrollKind)),
            BatchSize = batchSize,
            Parallel = reader.ReadCount("Parallel", otherwise: 1, most: 2),
            Weights = weights,
        };
        model = model with { NonFinite = ReadNonFinite(reader, model) };
        FormatRules.Check(model, layers, sources, reader, errors);
        SizeRules.Check(model, layers, reader.SizeLocation(1), reader.ArgumentLocation("BatchSize", index: null), errors);
        if (errors.Count == 0)
        {
            CheckParallel(reader, model);
            TextRules.Check(model, layers, errors);
        }

        if (weights is not null && files is not null && errors.Count == 0)
        {
            WeightRules.Check(model, files(), layer => layers[layer].Location, reader.ArgumentLocation("WeightsFile", index: null), errors);
        }

        return model;
    }

    /// <summary>Reports threads that have nothing to share.</summary>
    private static void CheckParallel(AttributeReader reader, ModelSpec model)
    {
        if (model.Parallel > 1)
        {
            LayerSpec? reverse = model.Layers.FirstOrDefault(layer => layer.Direction != DirectionKind.Forward);
            _ = reader.HasEffect("Parallel", reverse is null, $"'{reverse?.Name}' runs from the end of a window to its start, so that there are no single steps")
                && reader.HasEffect("Parallel", ModelPlan.Of(model).InParts.Count > 0, $"no layer is large enough for two threads: its weights must have {Thresholds.FewestBytesOfParts / 1024} KB as a step reads them, and its units two tiles");
        }
    }

    private static WeightsSpec? ReadWeights(AttributeReader reader)
    {
        string? file = reader.ReadName("WeightsFile");
        bool embeds = reader.HasEffect("Embed", file is not null, "there is no WeightsFile") && reader.ReadFlag("Embed", otherwise: false);
        return file is null ? null : new WeightsSpec(file.Replace('\\', '/'), embeds);
    }

    private static NonFiniteKind ReadNonFinite(AttributeReader reader, ModelSpec model)
    {
        if (!reader.HasEffect("NonFinite", !model.Tokens, "tokens are always finite"))
        {
            return NonFiniteKind.Propagate;
        }

        var kind = (NonFiniteKind)reader.ReadChoice("NonFinite", typeof(NonFiniteKind));
        LayerSpec? reverse = kind == NonFiniteKind.Hold ? model.Layers.FirstOrDefault(layer => layer.Direction != DirectionKind.Forward) : null;
        return reader.HasEffect("NonFinite", reverse is null, $"'{reverse?.Name}' runs from the end of a window to its start, so that no single step can be left out")
            ? kind
            : NonFiniteKind.Propagate;
    }

    /// <summary>The layers in order, or null if they have no order. Also all that were found.</summary>
    private static List<LayerDraft>? ReadLayers(
        INamedTypeSymbol type,
        Location? modelLocation,
        LayerMembers members,
        ErrorCollector errors,
        out IReadOnlyList<LayerDraft> found,
        CancellationToken cancellationToken)
    {
        ImmutableArray<AttributeData> all = type.GetAttributes();
        List<AttributeData> onClass = all.Where(candidate => KnownNames.IsLayerAttribute(candidate.AttributeClass)).ToList();
        List<LayerDraft> classLayers = ClassLayers.Read(type, onClass, errors, cancellationToken);
        found = [.. classLayers, .. members.Layers];

        if (onClass.Count > 0 && members.Any)
        {
            Location? location = onClass[0].ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation();
            errors.Add(Descriptors.MixedLayers, location, type.Name, KnownNames.ShortName(onClass[0]));
            return null;
        }

        if (members.Any)
        {
            return members.IsBroken || members.IsScattered ? null : members.Layers.ToList();
        }

        if (onClass.Count > 0)
        {
            // An attribute that could not be read has been reported already, and leaves a gap in the order.
            return classLayers.Count == onClass.Count ? ClassLayers.Order(type, classLayers, modelLocation, errors) : null;
        }

        // A misspelled layer attribute is not a missing layer.
        if (!all.Any(candidate => candidate.AttributeClass is null or { TypeKind: TypeKind.Error }))
        {
            errors.Add(Descriptors.NoLayer, modelLocation, type.Name);
        }

        return null;
    }

    /// <summary>A class whose parts carry the attribute twice (an error of its own) is parsed once.</summary>
    private static bool IsFirst(INamedTypeSymbol type, AttributeData attribute)
    {
        AttributeData? first = type.GetAttributes().FirstOrDefault(candidate => KnownNames.IsRnnModelAttribute(candidate.AttributeClass));
        return first?.ApplicationSyntaxReference is { } expected
            && attribute.ApplicationSyntaxReference is { } actual
            && expected.SyntaxTree == actual.SyntaxTree
            && expected.Span == actual.Span;
    }
}
