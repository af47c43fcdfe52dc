using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>The result of parsing a class: exactly one of the two is set.</summary>
/// <param name="Model">The model, if the class has no errors.</param>
/// <param name="Failure">The errors, if it has.</param>
internal sealed record ParseResult(ModelSpec? Model, FailedModel? Failure);

/// <summary>A model with errors: only these, its public members without bodies, and stubs of its properties are generated.</summary>
/// <param name="Target">The class.</param>
/// <param name="IsPrintable">Whether a generated part of the class can be declared at all.</param>
/// <param name="Errors">The errors; none if the compiler itself reports them, such as an unknown attribute.</param>
/// <param name="Stubs">Implementations of the partial properties, which would otherwise cause the only errors that the compiler shows.</param>
internal sealed record FailedModel(
    TypeTarget Target,
    bool IsPrintable,
    EquatableArray<ParseError> Errors,
    EquatableArray<string> Stubs)
{
    /// <summary>Its public members as far as they are known, or null.</summary>
    public Surface? Surface { get; init; }

    /// <summary>A correct model for which a later stage failed.</summary>
    public static FailedModel Unexpected(ModelSpec model, Exception exception)
    {
        var errors = new ErrorCollector(report: null);
        errors.Add(Descriptors.InternalError, location: null, model.Target.Name, exception.ToString());
        return Of(model, errors);
    }

    /// <summary>A model that can be declared, with errors of a later stage.</summary>
    public static FailedModel Of(ModelSpec model, ErrorCollector errors)
    {
        IEnumerable<string> stubs = model.Layers.Select(layer => layer.Property).OfType<PropertySpec>()
            .Select(property => $"{property.Modifiers} global::RnnGen.Layer {property.Identifier} => throw null!;");
        return new FailedModel(model.Target, IsPrintable: true, errors.ToArray(), new EquatableArray<string>(stubs))
        {
            Surface = new Surface(model with { Layers = new EquatableArray<LayerSpec>(model.Layers.Select(layer => layer with { Property = null })) }, default),
        };
    }
}

/// <summary>The public members of a wrong model.</summary>
/// <param name="Model">A right model that has them; its layers have no properties.</param>
/// <param name="Taken">What the user's part has already: names of members, and constructors with their number of parameters, such as <c>Amp(1)</c>.</param>
/// <param name="IsStatic">Whether the user's part is static: of all members, it can only have constants.</param>
internal sealed record Surface(ModelSpec Model, EquatableArray<string> Taken, bool IsStatic = false);

/// <summary>One error as the pipeline carries it: without a location, so that moving code around changes nothing.</summary>
/// <param name="Id">Its id, such as <c>RNN0001</c>.</param>
/// <param name="Message">Its text, in full.</param>
internal sealed record ParseError(string Id, string Message);
