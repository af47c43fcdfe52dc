using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Emission;

/// <summary>The attribute of a layer as an object: with it, the runtime knows how the layer is declared, without reflection.</summary>
internal static class DeclarationText
{
    /// <summary>An expression that creates the attribute.</summary>
    public static string Of(LayerSpec layer, IReadOnlyList<LayerSpec> layers)
    {
        string position = string.Join(", ", new[] { LayerDeclaration.Position(layer), LayerDeclaration.SecondPosition(layer) }.OfType<object>().Select(Literal));
        string named = string.Join(", ", LayerDeclaration.Named(layer, layers).Select(argument => $"{argument.Name} = {Literal(argument.Value)}"));
        return $"new global::RnnGen.{layer.Kind.Name}Attribute({position}){(named.Length == 0 ? "" : $" {{ {named} }}")}";
    }

    private static string Literal(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        int number => Literals.Integer(number),
        double number => Literals.Double(number),
        string text => Literals.Text(text),
        EquatableArray<double> numbers => $"[{string.Join(", ", numbers.Select(Literals.Double))}]",
        EquatableArray<string> texts => $"[{string.Join(", ", texts.Select(Literals.Text))}]",
        FunctionSpec function => Literal(function.Kind),

        // The runtime's enum has the name of its copy here without "Kind".
        Enum member => $"global::RnnGen.{member.GetType().Name.Replace("Kind", "")}.{member}",
        _ => throw new NotSupportedException($"No attribute has an argument of type {value.GetType().Name}."),
    };
}
