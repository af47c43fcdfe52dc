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
        Dictionary<string, string> taken = Taken();
        for (int k = 0; k < names.Length; k++)
        {
            if (GeneratedNames.IsMember(heads[k].Name))
            {
                continue;
            }

            if (Take(names[k], k, taken) is string problem)
            {
                errors.Add(Descriptors.HeadNameTaken, heads[k].NameLocation, heads[k].Name, problem);
            }
        }
    }

    /// <summary>The names that no name derived from a head can be, with what they name.</summary>
    public static Dictionary<string, string> Taken() => GeneratedNames.Members.ToDictionary(name => name, _ => "a generated member");

    /// <summary>Takes the names that are derived from a head. Returns why it cannot, or null.</summary>
    /// <param name="head">The names.</param>
    /// <param name="index">The place of the head among the heads.</param>
    /// <param name="taken">The names of others.</param>
    public static string? Take(HeadNames head, int index, Dictionary<string, string> taken)
    {
        string[] made = [.. head.Locals.Prepend(head.Size)];
        if (OfTuples.Contains(head.Head) || IsItem(head.Head, index))
        {
            return $"'{head.Head}', which is a member of every tuple";
        }

        if (made.FirstOrDefault(taken.ContainsKey) is string met)
        {
            return $"'{met}', which is the name of {taken[met]}";
        }

        foreach (string name in made)
        {
            taken.Add(name, $"something that is named after '{head.Head}'");
        }

        return null;
    }

    /// <summary>Elements of a tuple are also called Item1, Item2, ...; only the first one may be named Item1.</summary>
    private static bool IsItem(string name, int index) =>
        name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring("Item".Length), out int number) && number != index + 1 && number > 0;
}
