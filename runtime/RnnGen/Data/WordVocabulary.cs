using System.Buffers;
using System.Globalization;
using System.Text;
using RnnGen.Checkpoints;
using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>
/// The words that a model of text knows, and their tokens, the most frequent word first. Token 0 stands for all words that are not in the vocabulary. Uppercase and
/// lowercase letters are different.
/// </summary>
/// <remarks>
/// <para>
/// A text is cut into pieces that put together are the text again, as in GPT-2's first step (Radford et al. 2019). A piece is one of these:
/// </para>
/// <list type="bullet">
/// <item><description>a word: letters, their accents, and numbers, with apostrophes inside (<c>don't</c>); or</description></item>
/// <item><description>one other character, such as a comma; either of them with the space in front of it, if there is one: <c>" the"</c>, <c>","</c>, <c>" ("</c>; or</description></item>
/// <item><description>one white-space character, such as the end of a line, or a space in front of another one.</description></item>
/// </list>
/// <para>Characters are Unicode code points. The pieces do not depend on the culture.</para>
/// </remarks>
public sealed class WordVocabulary
{
    /// <summary>The key of <see cref="Words"/> in a model's <c>Metadata</c>, by convention.</summary>
    public const string MetadataKey = "words";

    /// <summary>The token that stands for all other pieces. It is decoded as <c>" �"</c> (U+FFFD).</summary>
    public const int Unknown = 0;

    private const string UnknownPiece = " \uFFFD";

    // The end of a line, in a list whose ends of lines are between its pieces.
    private const string EndOfLine = "\\n";

    private readonly string[] _pieces;
    private readonly Dictionary<string, int> _tokens;

    /// <summary>Creates a vocabulary of given words.</summary>
    /// <param name="words">The words, as in <see cref="Words"/>.</param>
    /// <exception cref="ArgumentException">
    /// The list does not begin with the piece that stands for all others, what is on a line is not one piece, or it is there twice; the message has the line.
    /// </exception>
    public WordVocabulary(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _pieces = [.. words.Split('\n').Select(line => line == EndOfLine ? "\n" : line)];
        _tokens = new Dictionary<string, int>(_pieces.Length, StringComparer.Ordinal);
        if (_pieces[Unknown] != UnknownPiece)
        {
            throw new ArgumentException($"Expected '{UnknownPiece}' (U+0020 U+FFFD) on line 1, which stands for all other words, found '{Shown(_pieces[Unknown])}'.", nameof(words));
        }

        for (int token = 0; token < _pieces.Length; token++)
        {
            string piece = _pieces[token];
            if (!Split(piece).SequenceEqual([piece]))
            {
                throw new ArgumentException($"Expected one word or character on line {token + 1}, found '{Shown(piece)}'.", nameof(words));
            }

            if (!_tokens.TryAdd(piece, token))
            {
                throw new ArgumentException($"Expected different words, found '{Shown(piece)}' on lines {_tokens[piece] + 1} and {token + 1}.", nameof(words));
            }
        }

        Words = words;
    }

    /// <summary>
    /// The pieces in the order of their tokens, one per line; the end of a line is <c>\n</c>, a backslash and an n. For a model's <c>Metadata</c>.
    /// </summary>
    public string Words { get; }

    /// <summary>Number of tokens, at most the size of the model's vocabulary.</summary>
    public int Size => _pieces.Length;

    /// <summary>Creates the vocabulary of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The largest number of tokens, at least 1.</param>
    /// <returns>One token for all others, and the <paramref name="size"/> - 1 most frequent pieces of the text; of equally frequent ones, the first by code units.</returns>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is less than 1.</exception>
    public static WordVocabulary Of(string text, int size)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (text.Length == 0)
        {
            throw new ArgumentException("The text is empty.", nameof(text));
        }

        IEnumerable<string> frequent = Split(text).CountBy(piece => piece, StringComparer.Ordinal).Where(pair => pair.Key != UnknownPiece)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(size - 1).Select(pair => pair.Key == "\n" ? EndOfLine : pair.Key);
        return new WordVocabulary(string.Join('\n', frequent.Prepend(UnknownPiece)));
    }

    /// <summary>Cuts a text into words and other pieces, as described above.</summary>
    /// <param name="text">The text. Half of a surrogate pair is U+FFFD.</param>
    /// <returns>The pieces: put together, they are the text.</returns>
    public static IEnumerable<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Pieces(text);

        static IEnumerable<string> Pieces(string text)
        {
            for (int start = 0, length; start < text.Length; start += length)
            {
                length = LengthOfPiece(text.AsSpan(start));
                string piece = text.Substring(start, length);
                bool isWhole = Rune.DecodeLastFromUtf16(piece, out _, out _) == OperationStatus.Done;
                yield return isWhole ? piece : piece[..^1] + Rune.ReplacementChar;
            }
        }
    }

    /// <summary>
    /// The tokens of a text, one per piece. A piece without a space in front of it, such as the first word of a text, that is not in the vocabulary has the token of the
    /// one with the space, if that is.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The tokens; <see cref="Unknown"/> for pieces that are not in the vocabulary in either form.</returns>
    public int[] Encode(string text) =>
        [.. Split(text).Select(piece => _tokens.TryGetValue(piece, out int token) ? token : _tokens.GetValueOrDefault(" " + piece, Unknown))];

    /// <summary>
    /// All tokens of a word: with and without the space in front of it, in uppercase and lowercase letters. For <see cref="Sampler.Ban(ReadOnlySpan{int})"/> and biases.
    /// </summary>
    /// <param name="word">One word or other character, with or without the space.</param>
    /// <returns>The tokens in ascending order, at least one.</returns>
    /// <exception cref="ArgumentException">It is not one piece, or none of its forms is in the vocabulary.</exception>
    public int[] TokensOf(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (Split(word).Count() != 1)
        {
            throw new ArgumentException($"Expected one word or character, found '{Shown(word)}'.", nameof(word));
        }

        int[] tokens = [.. Enumerable.Range(0, Size).Where(token => WithoutSpace(_pieces[token]).Equals(WithoutSpace(word), StringComparison.OrdinalIgnoreCase))];
        return tokens.Length > 0
            ? tokens
            : throw new ArgumentException($"The vocabulary of {Size} tokens does not have '{Shown(word)}', with or without a space, in uppercase or lowercase letters.", nameof(word));

        static string WithoutSpace(string piece) => piece.Length > 1 && piece[0] == ' ' ? piece[1..] : piece;
    }

    /// <summary>The piece of a token, such as <c>" the"</c>.</summary>
    /// <param name="token">The token, in 0 .. Size - 1.</param>
    /// <returns>The piece.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(int token) => _pieces[Check.OfVocabulary(token, Size)];

    /// <summary>The text of several tokens: their pieces, put together.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder();
        foreach (int token in tokens)
        {
            text.Append(Decode(token));
        }

        return text.ToString();
    }

    /// <summary>The length of the piece at the start of a text that is not empty.</summary>
    private static int LengthOfPiece(ReadOnlySpan<char> text)
    {
        Rune first = At(text, 0);
        int length = first.Utf16SequenceLength;
        if (Rune.IsWhiteSpace(first))
        {
            if (first.Value != ' ' || text.Length == 1 || Rune.IsWhiteSpace(At(text, 1)))
            {
                return length;
            }

            first = At(text, 1);
            length += first.Utf16SequenceLength;
        }

        if (!IsOfWord(first))
        {
            return length;
        }

        while (length < text.Length)
        {
            Rune next = At(text, length);
            bool isInside = next.Value is '\'' or '’' && length + 1 < text.Length && IsOfWord(At(text, length + 1));
            if (!isInside && !IsOfWord(next))
            {
                break;
            }

            length += next.Utf16SequenceLength;
        }

        return length;
    }

    private static bool IsOfWord(Rune character) => Rune.IsLetter(character) || Rune.IsNumber(character) || Rune.GetUnicodeCategory(character) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static Rune At(ReadOnlySpan<char> text, int index)
    {
        Rune.DecodeFromUtf16(text[index..], out Rune rune, out _);
        return rune;
    }

    private static string Shown(string piece) => Printable.Name(piece);
}
