using System.Globalization;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Datasets;

public class WordVocabularyTests
{
    private const string Text = "The cat didn't see the dog.\nThe dog, though, saw the cat - twice (at 3.5 m)!";

    [Theory]
    [InlineData("the cat sat", "the| cat| sat")]
    [InlineData("Well, don't. It’s \"so\"!", "Well|,| don't|.| It’s| \"|so|\"|!")]
    [InlineData("a  b\n c\r\n\td", "a| | b|\n| c|\r|\n|\t|d")]
    [InlineData("'tis the dogs' 90's rock''n", "'|tis| the| dogs|'| 90's| rock|'|'|n")]
    [InlineData("3.5 x² Ⅷ well-known", "3|.|5| x²| Ⅷ| well|-|known")]
    [InlineData("é ñandú 漢字 \U0001F600\U0001F600 \U00010400\U00010401", "é| ñandú| 漢字| \U0001F600|\U0001F600| \U00010400\U00010401")]
    [InlineData(" ", " ")]
    [InlineData("a ", "a| ")]
    public void A_text_is_cut_into_pieces(string text, string pieces)
    {
        Assert.Equal(pieces.Split('|'), WordVocabulary.Split(text));
        Assert.Equal(text, string.Concat(WordVocabulary.Split(text)));
    }

    [Theory]
    [InlineData(Text)]
    [InlineData("Ünïcödé, 漢字 and \U0001F600\U0001F468‍\U0001F469.\r\n\t\0  \\n \\ end\n\n")]
    public void A_text_comes_back(string text)
    {
        WordVocabulary vocabulary = WordVocabulary.Of(text, size: 1000);

        Assert.DoesNotContain(WordVocabulary.Unknown, vocabulary.Encode(text));
        Assert.Equal(text, vocabulary.Decode(vocabulary.Encode(text)));
        Assert.Equal(vocabulary.Encode(text), new WordVocabulary(vocabulary.Words).Encode(text));
    }

    // Random text from characters that matter to the cutting.
    [Fact]
    public void Any_text_comes_back()
    {
        const string Characters = "aZé\u0301 5²'’.,-\n\r\t\\\"n\u00A0\U0001F600";
        var random = new Random(1);
        for (int round = 0; round < 500; round++)
        {
            string text = string.Concat(random.GetItems(Characters.EnumerateRunes().ToArray(), 30).Select(rune => rune.ToString()));
            WordVocabulary vocabulary = WordVocabulary.Of(text, size: 1000);
            var again = new WordVocabulary(vocabulary.Words);

            Assert.Equal(text, again.Decode(again.Encode(text)));
            Assert.Equal(vocabulary.Size, again.Size);
        }
    }

    [Fact]
    public void The_most_frequent_pieces_are_kept_in_their_order()
    {
        WordVocabulary vocabulary = WordVocabulary.Of("b a b a b c\nc\n.", size: 4);

        // " a", " b", " c" and "c" are there 2, 2, 1 and 1 times, the end of a line twice.
        Assert.Equal(" \uFFFD\n\\n\n a\n b", vocabulary.Words);
        Assert.Equal(4, vocabulary.Size);
        Assert.Equal([3, 2, 3, 0, 0, 1, 0], vocabulary.Encode("b a b q .\n."));
        Assert.Equal(" \uFFFD a b \uFFFD", vocabulary.Decode([0, 2, 3, 0]));
        Assert.Equal([" \uFFFD", "\n", " a", " b"], Enumerable.Range(0, 4).Select(vocabulary.Decode));
        Assert.Empty(vocabulary.Encode(""));
        Assert.Equal(" \uFFFD", WordVocabulary.Of("a b c", size: 1).Words);
    }

    [Fact]
    public void Unknown_words_in_the_text_take_no_second_token()
    {
        WordVocabulary vocabulary = WordVocabulary.Of("a \uFFFD \uFFFD \uD83D b", size: 10);

        Assert.Equal(" \uFFFD\n b\na", vocabulary.Words);
        Assert.Equal([2, 0, 0, 0, 1], vocabulary.Encode("a \uFFFD \uFFFD \uD83D b"));
        Assert.Equal(["\uFFFD", " \uFFFD", "\uFFFD"], WordVocabulary.Split("\uDE00 \uD83D\uD83D"));
    }

    // A prompt does not begin with a space, nor does a line.
    [Fact]
    public void Without_a_space_a_word_is_that_with_one_if_need_be()
    {
        var vocabulary = new WordVocabulary(" \uFFFD\n the\n baker\nThe\n The\n\\n");

        Assert.Equal([1, 2, 5, 2, 0], vocabulary.Encode("the baker\nbaker q"));
        Assert.Equal([3, 4, 5, 3], vocabulary.Encode("The The\nThe"));
        Assert.Equal([0, 0], vocabulary.Encode("q q"));
        Assert.Equal(" the baker", vocabulary.Decode(vocabulary.Encode("the baker")));
    }

    [Fact]
    public void All_tokens_of_a_word()
    {
        WordVocabulary vocabulary = WordVocabulary.Of("Bread, bread. The bread? bread I see. \"bread\" İ ı", size: 100);
        foreach (string word in (string[])["bread", " bread", "Bread", " BREAD"])
        {
            Assert.Equal([" bread", "Bread", "bread"], vocabulary.TokensOf(word).Select(vocabulary.Decode).Order(StringComparer.Ordinal));
        }

        Assert.Equal(vocabulary.Encode("."), vocabulary.TokensOf("."));
        Assert.Equal([" I"], vocabulary.TokensOf("i").Select(vocabulary.Decode));
        Assert.Equal([WordVocabulary.Unknown], vocabulary.TokensOf("\uFFFD"));

        ArgumentException e = Assert.Throws<ArgumentException>("word", () => vocabulary.TokensOf(" unicorn"));
        Assert.Contains("does not have ' unicorn'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Expected one word", Assert.Throws<ArgumentException>("word", () => vocabulary.TokensOf("the bread")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("word", () => vocabulary.TokensOf(""));
        Assert.Throws<ArgumentNullException>("word", () => vocabulary.TokensOf(null!));
    }

    [Fact]
    public void Words_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            string invariant = WordVocabulary.Of(Text + " İi ıI æ Æ ß", 100).Words;
            foreach (string name in (string[])["tr-TR", "da-DK", "de-DE"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                Assert.Equal(invariant, WordVocabulary.Of(Text + " İi ıI æ Æ ß", 100).Words);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_model_carries_its_words()
    {
        WordVocabulary vocabulary = WordVocabulary.Of(Text, size: 5);
        var model = new TokenRnn(seed: 1);
        model.Metadata[WordVocabulary.MetadataKey] = vocabulary.Words;
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;

        var loaded = new WordVocabulary(TokenRnn.Load(file).Metadata[WordVocabulary.MetadataKey]);

        Assert.Equal(vocabulary.Encode(Text), loaded.Encode(Text));
    }

    [Theory]
    [InlineData("", "on line 1")]
    [InlineData("the\n \uFFFD", "on line 1, which stands for all other words, found 'the'")]
    [InlineData(" \uFFFD\n the cat", "Expected one word or character on line 2, found ' the cat'")]
    [InlineData(" \uFFFD\n the\n\n a", "Expected one word or character on line 3, found ''")]
    [InlineData(" \uFFFD\n the\n a\n the", "found ' the' on lines 2 and 4")]
    [InlineData(" \uFFFD\n\\n\n\\n", "found '\\u000A' on lines 2 and 3")]
    public void Bad_words_are_refused(string words, string message)
    {
        ArgumentException e = Assert.Throws<ArgumentException>("words", () => new WordVocabulary(words));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_calls()
    {
        Assert.Throws<ArgumentException>("text", () => WordVocabulary.Of("", size: 10));
        Assert.Throws<ArgumentOutOfRangeException>("size", () => WordVocabulary.Of("a", size: 0));
        Assert.Throws<ArgumentNullException>("text", () => WordVocabulary.Split(null!));
        Assert.Throws<ArgumentException>("words", () => new WordVocabulary(" \uFFFD\n\uD83D"));
        WordVocabulary vocabulary = WordVocabulary.Of("a b", size: 10);
        Assert.Throws<ArgumentOutOfRangeException>("token", () => vocabulary.Decode(3));
        Assert.Throws<ArgumentOutOfRangeException>("token", () => vocabulary.Decode([0, -1]));
    }
}
