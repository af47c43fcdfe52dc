using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Model;

/// <summary>The names that generated code derives from one of several heads. <see cref="GeneratedNames"/> has the names that they must differ from.</summary>
/// <param name="Head">Name of the head.</param>
internal sealed record HeadNames(string Head)
{
    // Two heads that differ only in the case of the first letter would have the same parameters.
    private string Lower => char.ToLowerInvariant(Head[0]) + Head.Substring(1);

    /// <summary>The element of a tuple with a value for each head.</summary>
    public string Element => SyntaxFacts.GetKeywordKind(Head) == SyntaxKind.None ? Head : "@" + Head;

    /// <summary>The constant with the size of the head.</summary>
    public string Size => Head + "Size";

    /// <summary>The parameter that receives the outputs. A keyword, or a name that the verbs use themselves, gets a suffix.</summary>
    public string Values =>
        GeneratedNames.IsLocal(Lower) || SyntaxFacts.GetKeywordKind(Lower) != SyntaxKind.None ? Lower + "Outputs" : Lower;

    /// <summary>The parameter with the targets.</summary>
    public string Targets => Lower + "Targets";

    /// <summary>The parameter with the gradients of the outputs.</summary>
    public string Gradients => Lower + "Gradients";

    /// <summary>The local with its score.</summary>
    public string Score => Lower + "Score";

    /// <summary>The names among parameters and locals.</summary>
    public IEnumerable<string> Locals => [Values, Targets, Gradients, Score];
}
