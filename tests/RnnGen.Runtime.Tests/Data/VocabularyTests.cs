namespace RnnGen.Tests.Datasets;

public class VocabularyTests
{
    // U+1F600 is two chars, and as a code point comes after U+FF5E, which as a char it would not.
    [Fact]
    public void Characters_are_sorted_code_points()
    {
        Vocabulary vocabulary = Vocabulary.Of("hello \U0001F600～é\n", size: 100);

        Assert.Equal("\n ehloé～\U0001F600", vocabulary.Alphabet);
        Assert.Equal(9, vocabulary.Size);
        Assert.Null(vocabulary.Other);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("a")]
    [InlineData("Ünïcödé, 漢字 and \U0001F600\U0001F468‍\U0001F469.\r\n\t\0")]
    public void A_text_comes_back(string text)
    {
        Vocabulary vocabulary = Vocabulary.Of(text, size: 100);

        int[] tokens = vocabulary.Encode(text);

        Assert.Equal(text.EnumerateRunes().Count(), tokens.Length);
        Assert.Equal(text, vocabulary.Decode(tokens));
        Assert.Equal(text.EnumerateRunes(), tokens.Select(vocabulary.Decode));
    }

    [Fact]
    public void Tokens_count_along_the_alphabet()
    {
        var vocabulary = new Vocabulary("helo\U0001F600");

        Assert.Equal([0, 1, 2, 2, 3, 4], vocabulary.Encode("hello\U0001F600"));
        Assert.Equal(5, vocabulary.Size);
        Assert.Equal("helo\U0001F600", vocabulary.Alphabet);
        Assert.Empty(vocabulary.Encode(""));
        Assert.Equal("", vocabulary.Decode([]));
    }

    [Fact]
    public void An_alphabet_makes_the_same_vocabulary_again()
    {
        Vocabulary original = Vocabulary.Of("some text, and some more ✓ \U0001F600", size: 10);

        var again = new Vocabulary(original.Alphabet);

        Assert.Equal(original.Encode("more text ?"), again.Encode("more text ?"));
        Assert.Equal(original.Other, again.Other);
    }

    // Half of a character is none: Unicode's replacement stands in for it.
    [Fact]
    public void A_lone_surrogate_is_a_replacement_character()
    {
        Vocabulary vocabulary = Vocabulary.Of("a\uD83Db\uDE00", size: 10);

        Assert.Equal("ab\uFFFD", vocabulary.Alphabet);
        Assert.Equal(2, vocabulary.Other);
        Assert.Equal([0, 2, 1, 2], vocabulary.Encode("a\uD83Db\uDE00"));
        Assert.Throws<ArgumentException>(() => new Vocabulary("ab").Encode("a\uD83D"));
    }

    [Fact]
    public void The_most_frequent_characters_are_kept()
    {
        Vocabulary vocabulary = Vocabulary.Of("ccccbbbdda", size: 3);

        Assert.Equal("bc\uFFFD", vocabulary.Alphabet);
        Assert.Equal(2, vocabulary.Other);
        Assert.Equal([1, 0, 2, 2, 2], vocabulary.Encode("cbda?"));
        Assert.Equal("cb\uFFFD\uFFFD\uFFFD", vocabulary.Decode(vocabulary.Encode("cbda?")));
    }

    [Fact]
    public void Of_equally_frequent_characters_the_first_code_points_are_kept() => Assert.Equal("ab\uFFFD", Vocabulary.Of("dcba", size: 3).Alphabet);

    [Fact]
    public void Just_as_many_characters_as_tokens_are_all_kept()
    {
        Vocabulary vocabulary = Vocabulary.Of("dcba", size: 4);

        Assert.Equal("abcd", vocabulary.Alphabet);
        Assert.Null(vocabulary.Other);
    }

    [Fact]
    public void A_replacement_character_in_the_text_takes_no_second_token()
    {
        Assert.Equal("a\uFFFD", Vocabulary.Of("\uFFFD\uFFFD\uFFFDaab", size: 2).Alphabet);
        Assert.Equal("ab\uFFFD", Vocabulary.Of("\uFFFD\uFFFD\uFFFDaab", size: 3).Alphabet);
    }

    [Fact]
    public void One_token_stands_for_everything()
    {
        Vocabulary vocabulary = Vocabulary.Of("ab", size: 1);

        Assert.Equal("\uFFFD", vocabulary.Alphabet);
        Assert.Equal([0, 0, 0], vocabulary.Encode("abc"));
    }

    [Fact]
    public void U_FFFD_comes_before_larger_code_points() => Assert.Equal("\uFFFD\U0001F600", Vocabulary.Of("ab\U0001F600\U0001F600", size: 2).Alphabet);

    [Theory]
    [InlineData("hexlo", "'x' (U+0078)", "character 3 ")]
    [InlineData("\U0001F600", "'\U0001F600' (U+1F600)", "character 1 ")]
    [InlineData("hello\n", "U+000A", "character 6 ")]
    public void An_unknown_character_is_named(string text, string character, string position)
    {
        var e = Assert.Throws<ArgumentException>(() => new Vocabulary("helo").Encode(text));

        Assert.Equal("text", e.ParamName);
        Assert.Contains(character, e.Message, StringComparison.Ordinal);
        Assert.Contains(position, e.Message + " ", StringComparison.Ordinal);
        Assert.Contains("vocabulary of 4 characters", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", e.Message, StringComparison.Ordinal);
    }

    // Positions count characters, as readers do, and not chars.
    [Fact]
    public void The_position_of_an_unknown_character_counts_code_points()
    {
        var e = Assert.Throws<ArgumentException>(() => new Vocabulary("\U0001F600").Encode("\U0001F600\U0001F600x"));

        Assert.Contains("character 3 ", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "'l' (U+006C)")]
    [InlineData("a\U0001F600b\U0001F600", "'\U0001F600' (U+1F600)")]
    [InlineData("a\tb\t", "U+0009")]
    [InlineData("\uD800\uDC00\uFFFD\uD800", "U+FFFD")]
    public void An_alphabet_has_no_character_twice(string alphabet, string character)
    {
        var e = Assert.Throws<ArgumentException>(() => new Vocabulary(alphabet));

        Assert.Equal("alphabet", e.ParamName);
        Assert.Contains(character, e.Message, StringComparison.Ordinal);
        Assert.Contains("twice", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alphabet_or_a_text_is_not_empty()
    {
        Assert.Equal("alphabet", Assert.Throws<ArgumentException>(() => new Vocabulary("")).ParamName);
        Assert.Equal("text", Assert.Throws<ArgumentException>(() => Vocabulary.Of("", size: 10)).ParamName);
        Assert.Equal("alphabet", Assert.Throws<ArgumentNullException>(() => new Vocabulary(null!)).ParamName);
        Assert.Equal("text", Assert.Throws<ArgumentNullException>(() => Vocabulary.Of(null!, size: 10)).ParamName);
        Assert.Equal("text", Assert.Throws<ArgumentNullException>(() => new Vocabulary("a").Encode(null!)).ParamName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_vocabulary_has_at_least_one_token(int size) =>
        Assert.Equal("size", Assert.Throws<ArgumentOutOfRangeException>(() => Vocabulary.Of("a", size)).ParamName);

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    public void A_token_that_there_is_not(int token)
    {
        var vocabulary = new Vocabulary("helo");

        var e = Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode(token));

        Assert.Equal("token", e.ParamName);
        Assert.Equal(token, e.ActualValue);
        Assert.Contains("0 .. 3", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([0, token]));
    }
}
