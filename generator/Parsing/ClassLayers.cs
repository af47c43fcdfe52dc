using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Layers;

namespace RnnGen.Generator.Parsing;

/// <summary>
/// The layers that are declared as attributes on the class. Attributes have no order, so only layers with a clear position are allowed:
/// an embedding first, one recurrent layer, a head last.
/// </summary>
internal static class ClassLayers
{
    public static List<LayerDraft> Read(
        INamedTypeSymbol type,
        IEnumerable<AttributeData> attributes,
        ErrorCollector errors,
        CancellationToken cancellationToken)
    {
        var layers = new List<LayerDraft>();
        foreach (AttributeData attribute in attributes)
        {
            if (LayerDraft.Read(attribute, KnownNames.ShortName(attribute), type.Name, property: null, errors, cancellationToken) is { } layer)
            {
                layers.Add(layer);
            }
        }

        return layers;
    }

    /// <summary>Puts the layers into the order in which data flows through them, and reports those whose position is unclear.</summary>
    public static List<LayerDraft> Order(INamedTypeSymbol type, List<LayerDraft> layers, Location? modelLocation, ErrorCollector errors)
    {
        LayerDraft? embedding = null;
        LayerDraft? recurrent = null;
        LayerDraft? head = null;
        foreach (LayerDraft layer in layers)
        {
            if (layer.Kind is Embedding)
            {
                Take(ref embedding, layer, "embeddings");
            }
            else if (layer.Kind.IsRecurrent)
            {
                Take(ref recurrent, layer, "recurrent layers");
            }
            else if (layer.IsHead)
            {
                Take(ref head, layer, "heads");
            }
            else
            {
                errors.Add(Descriptors.LayerNotForClass, layer.Location, type.Name, $"the position of [{layer.Name}] is unclear");
            }
        }

        if (recurrent is null)
        {
            errors.Add(Descriptors.LayerNotForClass, modelLocation, type.Name, "there is no recurrent layer");
        }

        return new[] { embedding, recurrent, head }.OfType<LayerDraft>().ToList();

        void Take(ref LayerDraft? place, LayerDraft layer, string what)
        {
            if (place is null)
            {
                place = layer;
            }
            else
            {
                errors.Add(Descriptors.LayerNotForClass, layer.Location, type.Name, $"[{place.Name}] and [{layer.Name}] are both {what}");
            }
        }
    }
}
