using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints what a wrong model gets: its errors, and its public members without bodies, so that these errors are not buried under those of the code that
/// uses the model. The analyzer reports the errors; where it does not run, each of them is an <c>#error</c>, so that the model never compiles.
/// </summary>
internal static class FailureEmitter
{
    /// <summary>What an error's line begins with; its id and message follow.</summary>
    public const string Directive = "#error ";

    // The same where the analyzer reports it.
    private const string Remark = "// error ";

    /// <summary>Prints the file of a wrong model.</summary>
    /// <param name="failure">The model.</param>
    /// <param name="isAnalyzed">Whether the analyzer runs, too.</param>
    public static SourceFile Emit(FailedModel failure, bool isAnalyzed)
    {
        try
        {
            return Write(failure, isAnalyzed);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && failure.Surface is not null)
        {
            // What went wrong in the generator may do so again.
            return Write(failure with { Surface = null }, isAnalyzed);
        }
    }

    /// <summary>The errors in the text of a generated file, each as its id, a space and its message; none for the file of a right model.</summary>
    public static IEnumerable<string> Read(SourceText text)
    {
        // The first line says that the file is generated.
        for (int line = 1; line < text.Lines.Count; line++)
        {
            string content = text.Lines[line].ToString();
            string? mark = new[] { Directive, Remark }.FirstOrDefault(mark => content.StartsWith(mark, StringComparison.Ordinal));
            if (mark is null)
            {
                yield break;
            }

            yield return content.Substring(mark.Length);
        }
    }

    /// <summary>A directive ends with its line, whatever the text of an exception brings along.</summary>
    public static string OneLine(string message) =>
        message.Replace('\r', ' ').Replace('\n', ' ').Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ');

    /// <summary>The name of the file with the errors of a model.</summary>
    public static string FileName(TypeTarget target) => HintNames.For(target, "Errors");

    private static SourceFile Write(FailedModel failure, bool isAnalyzed)
    {
        string text = failure.IsPrintable && (failure.Stubs.Count > 0 || failure.Surface is not null)
            ? FileFrame.Write(failure.Target, WriteErrors, writer =>
            {
                writer.Line("#pragma warning disable\n");
                SurfaceWriter.Write(writer, failure.Target, failure.Surface, failure.Stubs);
            })
            : FileFrame.Write("", [], WriteErrors, _ => { });
        return new SourceFile(FileName(failure.Target), text);

        void WriteErrors(SourceWriter writer) =>
            writer.Lines(failure.Errors.Select(error => $"{(isAnalyzed && !failure.Target.SuppressesErrors ? Remark : Directive)}{error.Id} {OneLine(error.Message)}"));
    }
}
