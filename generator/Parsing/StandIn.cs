using Microsoft.CodeAnalysis;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>A right model with the public members that a wrong one was meant to have: its sizes, its heads, and a dense layer in place of all others.</summary>
internal static class StandIn
{
    // Larger sizes may be the error. Nothing is computed with them.
    private const int MostUnits = 10_000;

    /// <summary>The model, of what could be read of the wrong one.</summary>
    public static ModelSpec Of(TypeTarget target, int? inputSize, int? sequenceLength, bool tokens, IReadOnlyList<LayerDraft> found)
    {
        LayerDraft[] heads = [.. found.Where(layer => layer.IsHead)];
        int units = heads.Length > 0 || found.Count == 0 ? 1 : found[found.Count - 1].Units;

        // No layer can have the name of a generated member.
        var body = new LayerSpec(GeneratedNames.Members[0], new Dense(), Size(inputSize), Size(units), Property: null);
        string[] names = Names(heads);
        IEnumerable<LayerSpec> layers = heads.Select((head, k) => new LayerSpec(names[k], head.Kind, body.Units, Size(head.Units), Property: null)
        {
            Options = head.Options,
            Sources = new EquatableArray<int>([0]),
        });
        return new ModelSpec(
            target,
            body.InputSize,
            Size(sequenceLength),
            tokens || found.Any(layer => layer.Kind is Embedding),
            new EquatableArray<LayerSpec>(layers.Prepend(body)),
            DocumentClass: false);
    }

    /// <summary>What the user's part of a class has already, see <see cref="Surface"/>.</summary>
    public static EquatableArray<string> Taken(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var taken = new List<string> { type.Name };
        foreach (ISymbol member in type.GetMembers().Where(member => !member.IsImplicitlyDeclared))
        {
            SyntaxNode? declaration = UserSource.Declaration(member, cancellationToken);
            if (member is not IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
            {
                taken.AddRange(declaration is null ? [] : [member.Name]);
            }
            else if (declaration is Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax)
            {
                // All others must call a primary constructor.
                taken.AddRange([$"{type.Name}(0)", $"{type.Name}(1)"]);
            }
            else if (declaration is not null)
            {
                taken.Add($"{type.Name}({constructor.Parameters.Length})");
            }
        }

        return new EquatableArray<string>(taken.Distinct());
    }

    private static int Size(int? size) => Math.Max(1, Math.Min(size ?? 1, MostUnits));

    /// <summary>The names of the heads; one that is taken is changed.</summary>
    private static string[] Names(LayerDraft[] heads)
    {
        Dictionary<string, string> taken = NameRules.Taken();
        return [.. heads.Select((head, k) =>
        {
            string name = head.Name;
            while (NameRules.Take(HeadNames.Of(name), k, taken) is not null)
            {
                name += "_";
            }

            return name;
        })];
    }
}
