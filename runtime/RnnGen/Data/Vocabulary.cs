using System.Globalization;
using System.Text;
using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>
/// The characters that a model of text knows, and their tokens: Unicode code points, sorted. If a text has more characters than the model has tokens, the most
/// frequent ones are kept and one token, U+FFFD, stands for all others. <see cref="WordVocabulary"/> has words.
/// </summary>
public sealed class Vocabulary
{
    /// <summary>The key of <see cref="Alphabet"/> in a model's <c>Metadata</c>, by convention.</summary>
    public const string MetadataKey = "alphabet";

    private readonly Rune[] _characters;
    private readonly Dictionary<Rune, int> _tokens;
    private readonly int _other;

    /// <summary>Creates a vocabulary of given characters.</summary>
    /// <param name="alphabet">The characters in the order of their tokens. If U+FFFD is among them, it stands for all others.</param>
    /// <exception cref="ArgumentException">There are no characters, or one occurs twice.</exception>
    public Vocabulary(string alphabet)
    {
        ArgumentNullException.ThrowIfNull(alphabet);
        _characters = [.. alphabet.EnumerateRunes()];
        _tokens = new Dictionary<Rune, int>(_characters.Length);
        if (_characters.Length == 0)
        {
            throw new ArgumentException("Expected an alphabet of at least one character.", nameof(alphabet));
        }

        for (int token = 0; token < _characters.Length; token++)
        {
            if (!_tokens.TryAdd(_characters[token], token))
            {
                throw new ArgumentException($"The alphabet has {Describe(_characters[token])} twice.", nameof(alphabet));
            }
        }

        Alphabet = string.Concat(_characters.Select(character => character.ToString()));
        _other = _tokens.GetValueOrDefault(Rune.ReplacementChar, -1);
    }

    /// <summary>The characters in the order of their tokens.</summary>
    public string Alphabet { get; }

    /// <summary>Number of tokens, at most the size of the model's vocabulary.</summary>
    public int Size => _characters.Length;

    /// <summary>The token that stands for all other characters; null if there is none.</summary>
    public int? Other => _other < 0 ? null : _other;

    /// <summary>Creates the vocabulary of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The largest number of tokens, at least 1.</param>
    /// <returns>All characters of the text or, if there are more than <paramref name="size"/>, the <paramref name="size"/> - 1 most frequent ones and one for all others.</returns>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is less than 1.</exception>
    public static Vocabulary Of(string text, int size)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (text.Length == 0)
        {
            throw new ArgumentException("The text is empty.", nameof(text));
        }

        var counts = new Dictionary<Rune, int>();
        foreach (Rune character in text.EnumerateRunes())
        {
            counts[character] = counts.GetValueOrDefault(character) + 1;
        }

        IEnumerable<Rune> kept = counts.Keys;
        if (counts.Count > size)
        {
            counts.Remove(Rune.ReplacementChar);
            kept = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(size - 1).Select(pair => pair.Key).Append(Rune.ReplacementChar);
        }

        return new Vocabulary(string.Concat(kept.Order().Select(character => character.ToString())));
    }

    /// <summary>The tokens of a text, one per code point.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The tokens.</returns>
    /// <exception cref="ArgumentException">The text has a character that is not in the vocabulary, and no token stands for others.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<int>(text.Length);
        foreach (Rune character in text.EnumerateRunes())
        {
            if (!_tokens.TryGetValue(character, out int token))
            {
                token = _other >= 0
                    ? _other
                    : throw new ArgumentException($"The vocabulary of {Size} characters does not have {Describe(character)}, character {tokens.Count + 1} of the text.", nameof(text));
            }

            tokens.Add(token);
        }

        return [.. tokens];
    }

    /// <summary>The character of a token.</summary>
    /// <param name="token">The token, in 0 .. Size - 1.</param>
    /// <returns>The character.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public Rune Decode(int token) => _characters[Check.OfVocabulary(token, Size)];

    /// <summary>The text of several tokens.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = new StringBuilder(tokens.Length);
        foreach (int token in tokens)
        {
            text.Append(Decode(token));
        }

        return text.ToString();
    }

    private static string Describe(Rune character)
    {
        string code = "U+" + character.Value.ToString("X4", CultureInfo.InvariantCulture);
        return Rune.IsControl(character) ? code : $"'{character}' ({code})";
    }
}
