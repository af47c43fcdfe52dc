using System.Globalization;
using System.Text;

namespace RnnGen.Checkpoints;

/// <summary>
/// Makes texts of a file safe for messages, logs and terminals: short, on one line, and without control characters.
/// <see cref="CheckpointException"/> takes its message as a <see cref="FormattableString"/>, so that no text bypasses this.
/// </summary>
internal static class Printable
{
    /// <summary>The longest part of a name that is shown, in UTF-16 units.</summary>
    public const int LongestName = 100;

    // Messages of the file system or the JSON reader contain a path or a line of text.
    private const int LongestReport = 1000;

    /// <summary>A message whose texts are shortened and escaped; texts of exceptions may be longer than names.</summary>
    public static string Format(FormattableString message) =>
        string.Format(CultureInfo.InvariantCulture, message.Format, [.. message.GetArguments().Select(Shown)]);

    /// <summary>A name, or a list of names or numbers.</summary>
    public static string Name(string text) => Shorten(text, LongestName);

    /// <summary>The text with invisible and control characters written as <c>\u001B</c>.</summary>
    public static string Escape(string text)
    {
        var shown = new StringBuilder(text.Length);
        for (int k = 0; k < text.Length; k++)
        {
            bool isPair = char.IsSurrogatePair(text, k);
            if (isPair && Shows(CharUnicodeInfo.GetUnicodeCategory(text, k)))
            {
                shown.Append(text, k++, 2);
            }
            else if (!isPair && Shows(char.GetUnicodeCategory(text[k])))
            {
                shown.Append(text[k]);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[k]:X4}");
            }
        }

        return shown.ToString();
    }

    private static object? Shown(object? argument) => argument switch
    {
        string text => Name(text),
        FormattableString text => Format(text),
        IEnumerable<FormattableString> list => string.Join(", ", list.Select(Format)),
        Exception e => Shorten(e.Message, LongestReport),
        _ => argument,
    };

    private static string Shorten(string text, int longest) => text.Length <= longest
        ? Escape(text)
        : string.Create(CultureInfo.InvariantCulture, $"{Escape(text[..longest])}... ({text.Length} characters)");

    private static bool Shows(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
