using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>The names of the class, its members, layers and heads must differ from all <see cref="GeneratedNames"/>.</summary>
internal static class NameRules
{
    // The members of every tuple: the scores of several heads are a tuple whose elements are named after the heads.
    private static readonly string[] OfTuples = ["CompareTo", "Deconstruct", "Equals", "GetHashCode", "Rest", "ToString"];

    public static void Check(INamedTypeSymbol type, IEnumerable<LayerDraft> layers, ErrorCollector errors, CancellationToken cancellationToken)
    {
        LayerDraft[] heads = [.. layers.Where(layer => layer.IsHead && layer.Property is not null)];
        HeadNames[] names = heads.Length > 1 ? [.. heads.Select(head => HeadNames.Of(head.Name))] : [];
        var sizes = new HashSet<string>(names.Select(head => head.Size));
        if (GeneratedNames.IsMember(type.Name) || sizes.Contains(type.Name))
        {
            Location? location = UserSource.Declarations(type, cancellationToken).Select(declaration => declaration.Identifier.GetLocation()).FirstOrDefault();
            errors.Add(Descriptors.ReservedName, location, type.Name, type.Name, "be named");
        }

        CheckMembers(type, sizes, errors, cancellationToken);
        CheckHeads(layers, heads, names, errors);
    }

    private static void CheckMembers(INamedTypeSymbol type, HashSet<string> sizes, ErrorCollector errors, CancellationToken cancellationToken)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (!member.IsImplicitlyDeclared
                && (GeneratedNames.IsMember(member.Name) || sizes.Contains(member.Name) || (member.Name == type.Name && member is IPropertySymbol))
                && UserSource.Declaration(member, cancellationToken) is { } declaration)
            {
                errors.Add(Descriptors.ReservedName, UserSource.NameLocation(declaration), type.Name, member.Name, "have a member named");
            }
        }
    }

    /// <summary>Names that are derived from a head must differ from those of other heads, and from all others in the same scope of the generated code.</summary>
    private static void CheckHeads(IEnumerable<LayerDraft> layers, LayerDraft[] heads, HeadNames[] names, ErrorCollector errors)
    {
        // Members and locals together: a local must not hide a constant that the same verb reads.
        var taken = GeneratedNames.Members.ToDictionary(name => name, _ => "a generated member");
        for (int k = 0; k < names.Length; k++)
        {
            if (GeneratedNames.IsMember(heads[k].Name))
            {
                continue;
            }

            string[] made = [.. names[k].Locals.Prepend(names[k].Size)];
            string? problem =
                OfTuples.Contains(names[k].Head) || IsItem(names[k].Head, k) ? $"'{names[k].Head}', which is a member of every tuple"
                : made.FirstOrDefault(taken.ContainsKey) is string met ? $"'{met}', which is the name of {taken[met]}"
                : null;
            if (problem is not null)
            {
                errors.Add(Descriptors.HeadNameTaken, heads[k].NameLocation, heads[k].Name, problem);
                continue;
            }

            foreach (string name in made)
            {
                taken.Add(name, $"something that is named after '{heads[k].Name}'");
            }
        }
    }

    /// <summary>Elements of a tuple are also called Item1, Item2, ...; only the first one may be named Item1.</summary>
    private static bool IsItem(string name, int index) =>
        name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring("Item".Length), out int number) && number != index + 1 && number > 0;
}
