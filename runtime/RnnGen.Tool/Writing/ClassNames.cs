using RnnGen.Tool.Import;

namespace RnnGen.Tool.Writing;

/// <summary>The names of a class and its namespace.</summary>
/// <param name="Class">The name of the class.</param>
/// <param name="Namespace">The namespace; null for none.</param>
internal sealed record ClassNames(string Class, string? Namespace)
{
    // What cannot be a name without an @.
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate",
        "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in",
        "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private",
        "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this",
        "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    };

    /// <summary>Checks names that a user gave.</summary>
    /// <exception cref="ImportException">A name is none in C#, or one that every class has a member of.</exception>
    public static ClassNames Check(string className, string? space)
    {
        if (!IsIdentifier(className) || LayerNames.IsReserved(className))
        {
            throw new ImportException("--class", $"expected the name of a class, which is none of a generated member, found '{className}'.");
        }

        return space is null || space.Split('.').All(IsIdentifier)
            ? new ClassNames(className, space)
            : throw new ImportException("--namespace", $"expected names with dots between them, found '{space}'.");
    }

    private static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= 200 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && !Keywords.Contains(name);
}
