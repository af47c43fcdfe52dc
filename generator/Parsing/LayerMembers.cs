using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>The layers that a class declares as members, in order of declaration.</summary>
internal sealed class LayerMembers
{
    private readonly List<(LayerDraft Draft, PropertyDeclarationSyntax Syntax)> _layers = [];
    private static readonly SymbolDisplayFormat FullNames =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly List<string> _stubs = [];
    private readonly HashSet<string> _names = [];

    private LayerMembers()
    {
    }

    /// <summary>The layers, in the order of declaration.</summary>
    public IEnumerable<LayerDraft> Layers => _layers.Select(layer => layer.Draft);

    /// <summary>All properties that need an implementation, including those of wrong layers.</summary>
    public IReadOnlyList<string> Stubs => _stubs;

    /// <summary>Whether any member was meant as a layer, even a wrong one.</summary>
    public bool Any { get; private set; }

    /// <summary>Whether a property is wrong in a way that the compiler reports itself: an unknown attribute, or its name twice.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the layers are in several files, and so have no order.</summary>
    public bool IsScattered { get; private set; }

    public static LayerMembers Read(INamedTypeSymbol type, ErrorCollector errors, CancellationToken cancellationToken)
    {
        var members = new LayerMembers();
        foreach (ISymbol member in type.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!member.IsImplicitlyDeclared
                && member is not INamedTypeSymbol and not IMethodSymbol { AssociatedSymbol: not null }
                && UserSource.Declaration(member, cancellationToken) is { } declaration)
            {
                members.ReadMember(member, declaration, errors, cancellationToken);
            }
        }

        // Positions in different files cannot be compared.
        members.CheckOneFile(type, errors);
        if (!members.IsScattered)
        {
            members._layers.Sort((left, right) => left.Syntax.SpanStart.CompareTo(right.Syntax.SpanStart));
        }

        return members;
    }

    private void ReadMember(ISymbol member, SyntaxNode declaration, ErrorCollector errors, CancellationToken cancellationToken)
    {
        var attributes = new List<AttributeData>();
        bool unresolved = false;
        foreach (AttributeData attribute in member.GetAttributes())
        {
            unresolved |= attribute.AttributeClass is null or { TypeKind: TypeKind.Error };
            if (KnownNames.IsLayerAttribute(attribute.AttributeClass))
            {
                attributes.Add(attribute);
            }
        }

        string? flaw = FindFlaw(member, declaration);
        if (attributes.Count == 0)
        {
            if (flaw is null)
            {
                // A partial property of type Layer cannot be anything else.
                Any = true;
                AddStub((IPropertySymbol)member, (PropertyDeclarationSyntax)declaration);
                IsBroken |= unresolved;
                if (!unresolved)
                {
                    errors.Add(Descriptors.LayerWithoutAttribute, UserSource.NameLocation(declaration), member.Name);
                }
            }

            return;
        }

        Any = true;
        if (flaw is not null)
        {
            errors.Add(Descriptors.NotALayerMember, UserSource.NameLocation(declaration), member.Name, flaw);
            if (member is IPropertySymbol { IsPartialDefinition: true, PartialImplementationPart: null } partial
                && declaration is PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } written)
            {
                AddStub(partial, written);
            }

            return;
        }

        var syntax = (PropertyDeclarationSyntax)declaration;
        PropertySpec property = AddStub((IPropertySymbol)member, syntax);
        if (attributes.Count > 1)
        {
            Location? second = attributes[1].ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation();
            errors.Add(
                Descriptors.SeveralLayerAttributes,
                second,
                member.Name,
                KnownNames.ShortName(attributes[0]),
                KnownNames.ShortName(attributes[1]));
            return;
        }

        if (LayerDraft.Read(attributes[0], member.Name, member.Name, property, errors, cancellationToken) is { } draft)
        {
            _layers.Add((draft with { NameLocation = syntax.Identifier.GetLocation() }, syntax));
        }
    }

    /// <summary>Why a member cannot be a layer, or null if it can.</summary>
    private static string? FindFlaw(ISymbol member, SyntaxNode declaration)
    {
        if (member is not IPropertySymbol property || declaration is not PropertyDeclarationSyntax syntax)
        {
            return member switch
            {
                IPropertySymbol => "it is an indexer",
                IFieldSymbol => "it is a field",
                IMethodSymbol => "it is a method",
                IEventSymbol => "it is an event",
                _ => "it is not a property",
            };
        }

        return property switch
        {
            _ when syntax.ExplicitInterfaceSpecifier is not null => "it implements an interface explicitly",
            { IsStatic: true } => "it is static",
            _ when !syntax.Modifiers.Any(SyntaxKind.PartialKeyword) => "it is not partial",
            { IsPartialDefinition: false } => "it has a body",
            { PartialImplementationPart: { } other } when UserSource.Declaration(other, default) is not null => "it is implemented by hand",
            { SetMethod: not null } => "it has a setter",
            { GetMethod: null } => "it has no getter",
            _ when property.RefKind != RefKind.None => "it returns a reference",
            _ when !KnownNames.IsLayer(property.Type) => $"its type is '{property.Type.ToDisplayString()}' instead of 'RnnGen.Layer'",
            { NullableAnnotation: NullableAnnotation.Annotated } => "its type is nullable",
            _ => null,
        };
    }

    private PropertySpec AddStub(IPropertySymbol symbol, PropertyDeclarationSyntax syntax)
    {
        var property = new PropertySpec(
            string.Join(" ", syntax.Modifiers.Select(modifier => modifier.Text)),
            TypeTargets.Escape(syntax.Identifier.ValueText),
            Document: !UserSource.HasDocumentation(syntax));
        if (_names.Add(property.Identifier))
        {
            _stubs.Add(Stub(property, symbol, syntax));
        }
        else
        {
            IsBroken = true;
        }

        return property;
    }

    /// <summary>An implementation with the same shape as the user's declaration, even a wrong one. The compiler reports syntax errors at the declaration.</summary>
    private static string Stub(PropertySpec property, IPropertySymbol symbol, PropertyDeclarationSyntax syntax)
    {
        string type = symbol.Type.ToDisplayString(FullNames);
        string reference = symbol.RefKind switch
        {
            RefKind.Ref => "ref ",
            RefKind.RefReadOnly => "ref readonly ",
            _ => "",
        };
        IEnumerable<string> accessors = syntax.AccessorList?.Accessors
            .Where(a => !a.IsKind(SyntaxKind.UnknownAccessorDeclaration))
            .Select(a => string.Join(" ", a.Modifiers.Select(m => m.Text).Append(a.Keyword.Text)) + " => throw null!;") ?? [];
        return $"{property.Modifiers} {reference}{type} {property.Identifier} {{ {string.Join(" ", accessors)} }}";
    }

    private void CheckOneFile(INamedTypeSymbol type, ErrorCollector errors)
    {
        for (int index = 1; index < _layers.Count; index++)
        {
            if (_layers[index].Syntax.SyntaxTree != _layers[0].Syntax.SyntaxTree)
            {
                errors.Add(
                    Descriptors.LayersInTwoFiles,
                    _layers[index].Syntax.Identifier.GetLocation(),
                    type.Name,
                    _layers[0].Draft.Name,
                    _layers[index].Draft.Name);
                IsScattered = true;
                return;
            }
        }
    }
}
