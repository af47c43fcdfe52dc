namespace RnnGen.Generator.Emission.Verbs;

/// <summary>A method of a model: its parameters with their checks, its documentation and its body.</summary>
/// <param name="Declaration">Modifiers, return type and name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Body">Prints its body, after the checks.</param>
/// <param name="Summary">Its documentation; empty for a private method.</param>
/// <param name="Returns">The documentation of its return value.</param>
/// <param name="Exceptions">The exceptions that it throws, and when.</param>
/// <param name="Hint">What the JIT is told about it.</param>
/// <param name="Attributes">Other attributes.</param>
internal sealed record Verb(
    string Declaration,
    IReadOnlyList<Parameter> Parameters,
    Action<SourceWriter> Body,
    string Summary = "",
    string Returns = "",
    IReadOnlyList<(string Type, string When)>? Exceptions = null,
    JitHint Hint = JitHint.None,
    string Attributes = "")
{
    public void Write(SourceWriter writer)
    {
        writer.Lines(
        [
            .. Summary.Length == 0 ? [] : Parameters.Where(p => p.Meaning.Length > 0)
                .Select(p => $"/// <param name=\"{p.Name}\">{p.Meaning}</param>").Prepend($"/// <summary>{Summary}</summary>"),
            .. Returns.Length == 0 ? [] : new[] { $"/// <returns>{Returns}</returns>" },
            .. (Exceptions ?? []).Select(e => $"/// <exception cref=\"global::System.{e.Type}\">{e.When}</exception>"),
            .. Hint == JitHint.None ? [] : new[] { $"[{Compiler}.MethodImpl({Compiler}.MethodImplOptions.{Hint.ToString().Replace(", ", $" | {Compiler}.MethodImplOptions.")})]" },
            .. Attributes.Length == 0 ? [] : new[] { Attributes },
        ]);
        using (writer.Open($"{Declaration}({string.Join(", ", Parameters.Select(p => p.Declaration))})"))
        {
            writer.Lines(Parameters.SelectMany(p => p.Checks));
            Body(writer);
        }
    }

    private const string Compiler = "global::System.Runtime.CompilerServices";
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

/// <summary>What the JIT is told about a method.</summary>
[Flags]
internal enum JitHint
{
    None = 0,

    /// <summary>
    /// For verbs with a loop: a profile of a caller puts them into it, where there are too few registers (RNN 1 -> 20: 44 ns per step of a window instead of 35).
    /// </summary>
    NoInlining = 1,

    /// <summary>
    /// For verbs: optimized code from the first call on, so that nothing is compiled later. A verb checks lengths and calls kernels; a
    /// profile could tell the JIT nothing about it.
    /// </summary>
    AggressiveOptimization = 2,

    /// <summary>For what lies between verbs and kernels, which would start unoptimized on its own.</summary>
    AggressiveInlining = 4,
}
