using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Model;

/// <summary>The names that generated code has for an output. <see cref="GeneratedNames"/> has the names that they must differ from.</summary>
/// <param name="Head">Name of the head; empty for the only output.</param>
/// <param name="Element">The element of a tuple with a value for each head.</param>
/// <param name="Size">The constant with the numbers per row.</param>
/// <param name="Values">The parameter that receives the outputs.</param>
/// <param name="Targets">The parameter with the targets.</param>
/// <param name="Gradients">The parameter with the gradients of the outputs.</param>
/// <param name="Score">The local with its score.</param>
internal sealed record HeadNames(string Head, string Element, string Size, string Values, string Targets, string Gradients, string Score)
{
    /// <summary>Those of the only output of a model.</summary>
    public static HeadNames Only { get; } = new("", "", "OutputSize", "outputs", "targets", "outputGradients", "score");

    /// <summary>The names among parameters and locals.</summary>
    public IEnumerable<string> Locals => [Values, Targets, Gradients, Score];

    /// <summary>Those of one of several heads are derived from its name. A keyword, or a name that the verbs use themselves, gets a suffix.</summary>
    public static HeadNames Of(string head)
    {
        // Two heads that differ only in the case of the first letter would have the same parameters.
        string lower = char.ToLowerInvariant(head[0]) + head.Substring(1);
        return new HeadNames(
            head,
            IsKeyword(head) ? "@" + head : head,
            head + "Size",
            GeneratedNames.IsLocal(lower) || IsKeyword(lower) ? lower + "Outputs" : lower,
            lower + "Targets",
            lower + "Gradients",
            lower + "Score");
    }

    private static bool IsKeyword(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None;
}
