using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Model;

/// <summary>The names that generated code derives from one of several heads. What they may meet is <see cref="GeneratedNames"/>.</summary>
/// <param name="Head">Name of the head.</param>
internal sealed record HeadNames(string Head)
{
    // Of two heads that differ in the case of the first letter, the parameters would be the same.
    private string Lower => char.ToLowerInvariant(Head[0]) + Head.Substring(1);

    /// <summary>The element of a tuple with a value for each head.</summary>
    public string Element => SyntaxFacts.GetKeywordKind(Head) == SyntaxKind.None ? Head : "@" + Head;

    /// <summary>The constant with the numbers per row.</summary>
    public string Size => Head + "Size";

    /// <summary>The parameter that takes the outputs. A keyword, or a name that the verbs use themselves, gets an ending.</summary>
    public string Values =>
        GeneratedNames.IsLocal(Lower) || SyntaxFacts.GetKeywordKind(Lower) != SyntaxKind.None ? Lower + "Outputs" : Lower;

    /// <summary>The parameter with the targets.</summary>
    public string Targets => Lower + "Targets";

    /// <summary>The parameter with the gradients of a loss of one's own.</summary>
    public string Gradients => Lower + "Gradients";

    /// <summary>The local with its score.</summary>
    public string Score => Lower + "Score";

    /// <summary>The names among parameters and locals.</summary>
    public IEnumerable<string> Locals => [Values, Targets, Gradients, Score];
}
