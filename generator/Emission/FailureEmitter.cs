using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints what a wrong model gets: one <c>#error</c> per error, so that it does not compile even where analyzers are
/// switched off, and stubs of its properties, so that the real errors are not buried under missing implementations.
/// </summary>
internal static class FailureEmitter
{
    /// <summary>What an error's line begins with; its id and message follow.</summary>
    public const string Directive = "#error ";

    public static SourceFile Emit(FailedModel failure)
    {
        bool hasStubs = failure.IsPrintable && failure.Stubs.Count > 0;
        string text = hasStubs
            ? FileFrame.Write(failure.Target, WriteErrors, writer => writer.Block($"partial class {failure.Target.Name}", failure.Stubs))
            : FileFrame.Write("", [], WriteErrors, _ => { });
        return new SourceFile(HintNames.For(failure.Target, "Errors"), text);

        void WriteErrors(SourceWriter writer) => writer.Lines(failure.Errors.Select(error => $"{Directive}{error.Id} {OneLine(error.Message)}"));
    }

    /// <summary>A directive ends with its line, whatever the text of an exception brings along.</summary>
    public static string OneLine(string message) =>
        message.Replace('\r', ' ').Replace('\n', ' ').Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ');
}
