using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Fuzz;

/// <summary>Breaks source text like incomplete typing or a failed merge: changes tokens and characters in random places.</summary>
internal static class TextBreaker
{
    private static readonly string[] Tokens =
    [
        "[", "]", "(", ")", "{", "}", ";", ",", ".", ":", "=", "=>", "<", ">", "?", "!", "@", "$\"", "\"", "\"\"\"", "'", "/*", "*/", "//", "#if X\n", "\n#endif\n", "\n#error no\n", "\n#line 3 \"x\"\n",
        "partial", "class", "record", "struct", "namespace", "static", "this", "new", "required", "file", "null", "typeof(int)", "nameof(", "1e999", "0x", "99999999999", "-", "\\u0041", "where T : ;",
        "\n#pragma warning disable\n", "global::", "extern alias", "[assembly: ", "Layer", "RnnModel(1, 2)", "Lstm(3)", "From = [", "operator +", "await", "unsafe", "ref", "<<<<<<< HEAD\n", "\n=======\n",
    ];

    private static readonly char[] Characters = ['\0', '\u0085', '\u2028', '\u200d', '\ufeff', '\ud800', '\udc00', '\u001a', '\t', '\r', '"', '\'', '\\', 'a', '0', '_', '模', '#', '/', '*', '{', '}', '[', ']', '('];

    /// <summary>Breaks a text at one to four places.</summary>
    /// <param name="text">A text that need not be broken yet.</param>
    /// <param name="dice">Decides where and how.</param>
    public static string Break(string text, Dice dice)
    {
        for (int change = dice.One(1, 1, 1, 2, 3, 4); change > 0; change--)
        {
            text = dice.Chance(0.7) ? WithTokens(text, dice) : WithCharacters(text, dice);
        }

        return text;
    }

    private static string WithTokens(string text, Dice dice)
    {
        SyntaxToken[] tokens = [.. SyntaxFactory.ParseTokens(text).Where(token => token.Span.Length > 0)];
        if (tokens.Length == 0)
        {
            return text + dice.One(Tokens);
        }

        Range one = At(tokens[dice.Below(tokens.Length)]);
        Range other = At(tokens[dice.Below(tokens.Length)]);
        (Range first, Range second) = one.Start.Value <= other.Start.Value ? (one, other) : (other, one);
        return dice.Below(9) switch
        {
            0 or 1 => Replace(text, one, ""),
            2 => Replace(text, one, $"{text[one]} {text[one]}"),
            3 when first.End.Value <= second.Start.Value => $"{text[..first.Start]}{text[second]}{text[first.End..second.Start]}{text[first]}{text[second.End..]}",
            4 => text[..one.End],
            5 => Replace(text, one, text[other]),
            6 => $"{text[..first.Start]}{text[second.End..]}",
            7 => $"{text[..second.End]}{text[first.Start..]}",
            _ => Replace(text, one, $"{text[one]} {dice.One(Tokens)}"),
        };

        static Range At(SyntaxToken token) => token.Span.Start..token.Span.End;
    }

    private static string WithCharacters(string text, Dice dice)
    {
        int at = dice.Below(text.Length + 1);
        int count = Math.Min(dice.One(1, 1, 1, 5, 20), text.Length - at);
        return dice.Below(4) switch
        {
            0 => text.Remove(at, count),
            1 => text[..at],
            2 => text.Insert(at, text.Substring(at, count)),
            _ => text.Insert(at, new string(dice.One(Characters), dice.One(1, 1, 1, 200))),
        };
    }

    private static string Replace(string text, Range range, string with) => string.Concat(text.AsSpan()[..range.Start], with, text.AsSpan()[range.End..]);
}
