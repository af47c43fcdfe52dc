using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission;

/// <summary>The attribute of a layer as an object: with it, the runtime knows how the layer is declared, without reflection.</summary>
internal static class DeclarationText
{
    private const string Runtime = "global::RnnGen.";

    /// <summary>An expression that creates the attribute. Arguments that are defaults are left out.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="layers">All layers of the model.</param>
    public static string Of(LayerSpec layer, IReadOnlyList<LayerSpec> layers)
    {
        Option? argument = layer.Kind.Argument;
        string position = argument is not null ? Text(ValueOf(argument, layer)) : layer.Kind.KeepsSize ? "" : Literals.Integer(layer.Units);
        string[] named =
        [
            .. from option in layer.Kind.Options
               from pair in Arguments(option, ValueOf(option, layer))
               where pair.Name != argument?.Name
               select $"{pair.Name} = {pair.Text}",
            .. from pair in Structure(layer, layers)
               select $"{pair.Name} = {pair.Text}",
        ];
        return $"new {Runtime}{layer.Kind.Name}Attribute({position}){(named.Length == 0 ? "" : $" {{ {string.Join(", ", named)} }}")}";
    }

    private static object ValueOf(Option option, LayerSpec layer) => layer.Options.Get(option);

    /// <summary>The arguments of an option.</summary>
    private static IEnumerable<(string Name, string Text)> Arguments(Option option, object value)
    {
        if (!value.Equals(option.Default) && !(value is FunctionSpec same && same.Kind == ((FunctionSpec)option.Default).Kind))
        {
            yield return (option.Name, Text(value));
        }

        if (option is Function names && value is FunctionSpec function)
        {
            if (function.Alpha is double alpha)
            {
                yield return (names.Alpha, Literals.Double(alpha));
            }

            if (function.Beta is double beta)
            {
                yield return (names.Beta, Literals.Double(beta));
            }
        }
    }

    /// <summary>The arguments that say how a layer is connected.</summary>
    private static IEnumerable<(string Name, string Text)> Structure(LayerSpec layer, IReadOnlyList<LayerSpec> layers)
    {
        if (layer.Sources.Count > 0)
        {
            yield return ("From", $"[{string.Join(", ", layer.Sources.Select(source => source < 0 ? Runtime + "Layer.Input" : Literals.Text(layers[source].Name)))}]");
        }

        if (!layer.ReturnSequences)
        {
            yield return ("ReturnSequences", Text(false));
        }

        if (layer.Direction != default)
        {
            yield return ("Direction", Text(layer.Direction));
        }

        if (layer.Merge != default)
        {
            yield return ("Merge", Text(layer.Merge));
        }

        if (layer.Depth != 1)
        {
            yield return ("Layers", Literals.Integer(layer.Depth));
        }

        if (layer.Residual)
        {
            yield return ("Residual", Text(true));
        }

        if (layer.Weight != 1)
        {
            yield return ("Weight", Literals.Double(layer.Weight));
        }

        if (layer.TiedTo is int tied)
        {
            yield return ("Tied", Literals.Text(layers[tied].Name));
        }
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number => Literals.Double(number),
        EquatableArray<double> numbers => $"[{string.Join(", ", numbers.Select(Literals.Double))}]",
        FunctionSpec function => Text(function.Kind),
        Enum member => Text(member),
        _ => throw new NotSupportedException($"No attribute has an argument of type {value.GetType().Name}."),
    };

    /// <summary>A member of a copy of one of the runtime's enums, such as <c>ActivationKind</c>.</summary>
    private static string Text(Enum member)
    {
        const string Suffix = "Kind";
        string name = member.GetType().Name;
        return $"{Runtime}{name.Substring(0, name.Length - Suffix.Length)}.{member}";
    }
}
