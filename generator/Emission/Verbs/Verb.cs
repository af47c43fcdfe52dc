namespace RnnGen.Generator.Emission.Verbs;

/// <summary>A method of a model: its parameters with their checks, its documentation and its body.</summary>
/// <param name="Declaration">Modifiers, return type and name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Body">Prints its body, after the checks.</param>
internal sealed record Verb(string Declaration, IReadOnlyList<Parameter> Parameters, Action<SourceWriter> Body)
{
    /// <param name="declaration">Modifiers, return type and name.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="body">The lines of its body, after the checks.</param>
    public Verb(string declaration, IReadOnlyList<Parameter> parameters, IEnumerable<string> body)
        : this(declaration, parameters, writer => writer.Lines(body))
    {
    }

    /// <summary>A method that starts with the windows of a batch, or of the one that a tape has recorded.</summary>
    public static Verb OfRows(string declaration, string owner, IReadOnlyList<Parameter> parameters, Action<SourceWriter> body) => new(declaration, parameters, writer =>
    {
        writer.Line(VerbPhrases.Rows(owner));
        body(writer);
    });

    /// <summary>Its documentation; empty for a private method.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The documentation of its return value.</summary>
    public string Returns { get; init; } = "";

    /// <summary>The exceptions that it throws, and when.</summary>
    public IReadOnlyList<(string Type, string When)> Exceptions { get; init; } = [];

    /// <summary>What the JIT is told about it.</summary>
    public JitHint Hint { get; init; }

    /// <summary>Other attributes.</summary>
    public string Attributes { get; init; } = "";

    public void Write(SourceWriter writer)
    {
        if (Summary.Length > 0)
        {
            writer.Line($"/// <summary>{Summary}</summary>");
            foreach (Parameter parameter in Parameters.Where(p => p.Meaning.Length > 0))
            {
                writer.Line($"/// <param name=\"{parameter.Name}\">{parameter.Meaning}</param>");
            }
        }

        if (Returns.Length > 0)
        {
            writer.Line($"/// <returns>{Returns}</returns>");
        }

        foreach ((string type, string when) in Exceptions)
        {
            writer.Line($"/// <exception cref=\"global::System.{type}\">{when}</exception>");
        }

        if (Hint != JitHint.None)
        {
            writer.Line($"[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.{Hint})]");
        }

        if (Attributes.Length > 0)
        {
            writer.Line(Attributes);
        }

        using (writer.Open($"{Declaration}({string.Join(", ", Parameters.Select(p => p.Declaration))})"))
        {
            writer.Lines(Parameters.SelectMany(p => p.Checks));
            Body(writer);
        }

        writer.Line();
    }
}

/// <summary>A parameter of a verb.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">Its documentation; empty in a private method.</param>
/// <param name="Checks">Statements that check it before anything is changed.</param>
internal sealed record Parameter(string Type, string Name, string Meaning = "", params IReadOnlyList<string> Checks)
{
    public string Declaration => $"{Type} {Name}";
}
