using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>A diagnostic and the code at its location.</summary>
/// <param name="document">The document.</param>
/// <param name="root">Its syntax.</param>
/// <param name="model">Its symbols.</param>
/// <param name="diagnostic">The diagnostic.</param>
internal sealed class Place(Document document, SyntaxNode root, SemanticModel model, Diagnostic diagnostic)
{
    public string Id => diagnostic.Id;

    public Document Document => document;

    public SemanticModel Model => model;

    /// <summary>The innermost node at the location.</summary>
    public SyntaxNode Node { get; } = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The node at the location, or the nearest around it, of a kind.</summary>
    public T? Find<T>()
        where T : SyntaxNode => Node.FirstAncestorOrSelf<T>();

    /// <summary>An argument of the message by its position, or "".</summary>
    public string Argument(int position) =>
        diagnostic.Properties.TryGetValue(position.ToString(CultureInfo.InvariantCulture), out string? text) ? text ?? "" : "";

    /// <summary>An argument of the message that is an integer, with or without separators.</summary>
    public long? Integer(int position) =>
        long.TryParse(Argument(position), NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>The layer of the same class that has a name.</summary>
    public PropertyDeclarationSyntax? Layer(string name) =>
        Find<TypeDeclarationSyntax>() is { } type ? Model.Layers(type).FirstOrDefault(layer => layer.Identifier.ValueText == name) : null;

    /// <summary>A cure that replaces a node of this document.</summary>
    public Cure Replace(string title, SyntaxNode node, SyntaxNode replacement) => Change(title, all => all.ReplaceNode(node, replacement));

    /// <summary>A cure that changes this document.</summary>
    public Cure Change(string title, Func<SyntaxNode, SyntaxNode> change) =>
        new(title, _ => Task.FromResult(document.WithSyntaxRoot(change(root)).Project.Solution));
}
