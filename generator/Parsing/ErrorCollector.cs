using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>Collects the errors of one class, and reports them with their locations in the analyzer.</summary>
/// <param name="report">The analyzer's reporter; null in the generator, whose pipeline must not carry locations.</param>
internal sealed class ErrorCollector(Action<Diagnostic>? report)
{
    private readonly List<ParseError> _errors = [];

    public int Count => _errors.Count;

    public void Add(DiagnosticDescriptor descriptor, Location? location, params object[] arguments)
    {
        Diagnostic diagnostic = Diagnostic.Create(descriptor, location ?? Location.None, Properties(arguments), arguments);
        if (descriptor.DefaultSeverity == DiagnosticSeverity.Error)
        {
            _errors.Add(new ParseError(descriptor.Id, diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        }

        report?.Invoke(diagnostic);
    }

    public EquatableArray<ParseError> ToArray() => new(_errors);

    /// <summary>The arguments of the message by their positions, for code fixes.</summary>
    private ImmutableDictionary<string, string?>? Properties(object[] arguments) => report is null ? null : Enumerable.Range(0, arguments.Length).ToImmutableDictionary(
        position => position.ToString(CultureInfo.InvariantCulture),
        position => (string?)Convert.ToString(arguments[position], CultureInfo.InvariantCulture));
}
