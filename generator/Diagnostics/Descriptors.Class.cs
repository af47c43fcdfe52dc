using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Diagnostics;

/// <content>The model class.</content>
internal static partial class Descriptors
{
    /// <summary>The class is not partial, so nothing can be added to it.</summary>
    public static readonly DiagnosticDescriptor ModelNotPartial = new(
        id: DiagnosticIds.ModelNotPartial,
        title: "Model class must be partial",
        messageFormat: "'{0}' cannot receive generated code because it is not partial; add the 'partial' modifier",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ModelNotPartial),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A type around the class is not partial.</summary>
    public static readonly DiagnosticDescriptor ContainerNotPartial = new(
        id: DiagnosticIds.ContainerNotPartial,
        title: "Type around a model class must be partial",
        messageFormat: "'{0}' cannot receive generated code because '{1}' around it is not partial; add the 'partial' modifier to '{1}'",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ContainerNotPartial),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The class, or a type around it, has type parameters.</summary>
    public static readonly DiagnosticDescriptor ModelIsGeneric = new(
        id: DiagnosticIds.ModelIsGeneric,
        title: "Model class must not be generic",
        messageFormat: "'{0}' cannot be a model because '{1}' is generic; the sizes of a model are fixed, so write one class per model",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ModelIsGeneric),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The class is static.</summary>
    public static readonly DiagnosticDescriptor ModelIsStatic = new(
        id: DiagnosticIds.ModelIsStatic,
        title: "Model class must not be static",
        messageFormat: "'{0}' cannot be a model because it is static; a model is an object that holds its weights",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ModelIsStatic),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The class is abstract.</summary>
    public static readonly DiagnosticDescriptor ModelIsAbstract = new(
        id: DiagnosticIds.ModelIsAbstract,
        title: "Model class must not be abstract",
        messageFormat: "'{0}' cannot be a model because it is abstract; the generated code creates instances of it",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ModelIsAbstract),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The class, or a type around it, is visible only in its own file.</summary>
    public static readonly DiagnosticDescriptor ModelIsFileLocal = new(
        id: DiagnosticIds.ModelIsFileLocal,
        title: "Model class must not be file-local",
        messageFormat: "'{0}' cannot be a model because '{1}' is file-local; generated code is in another file, so remove the 'file' modifier",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ModelIsFileLocal),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The class is a record.</summary>
    public static readonly DiagnosticDescriptor ModelIsRecord = new(
        id: DiagnosticIds.ModelIsRecord,
        title: "Model class must not be a record",
        messageFormat: "'{0}' cannot be a model because it is a record; records are compared by value, while a model's weights change in training, so declare a class",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.ModelIsRecord),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The class declares an instance constructor.</summary>
    public static readonly DiagnosticDescriptor UserConstructor = new(
        id: DiagnosticIds.UserConstructor,
        title: "Model class must not declare constructors",
        messageFormat: "'{0}' declares a constructor, but its constructors are generated; use a static factory method instead",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UserConstructor),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The class inherits from a class that generated code cannot inherit from.</summary>
    public static readonly DiagnosticDescriptor UnusableBase = new(
        id: DiagnosticIds.UnusableBase,
        title: "Base class cannot be used for a model",
        messageFormat: "'{0}' cannot inherit from '{1}': {2}",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnusableBase),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>A type hides the namespace System.</summary>
    public static readonly DiagnosticDescriptor SystemHidden = new(
        id: DiagnosticIds.SystemHidden,
        title: "A type hides the namespace System",
        messageFormat: "'{0}' cannot be generated because a type named 'System' in the global namespace hides the namespace System; move it into a namespace or rename it",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.SystemHidden),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The project uses a version of C# without partial properties.</summary>
    public static readonly DiagnosticDescriptor LanguageVersionTooOld = new(
        id: DiagnosticIds.LanguageVersionTooOld,
        title: "RnnGen needs C# 13 or later",
        messageFormat: "'{0}' is compiled as C# {1}, but RnnGen needs C# 13 or later; remove <LangVersion> from the project or raise it",
        category: Category,
        defaultSeverity: DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.LanguageVersionTooOld),
        customTags: WellKnownDiagnosticTags.NotConfigurable);
}
