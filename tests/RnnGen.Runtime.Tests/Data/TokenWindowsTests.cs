namespace RnnGen.Tests.Datasets;

/// <summary>Windows of the tokens 0, 1, 2, ..., so that a token is its place.</summary>
public class TokenWindowsTests
{
    [Fact]
    public void Sliding_windows_start_at_every_place()
    {
        TokenWindows windows = TokenWindows.Sliding(Tokens(10), steps: 4);

        Assert.Equal(6, windows.Count);
        for (int k = 0; k < windows.Count; k++)
        {
            AssertWindow([k, k + 1, k + 2, k + 3], windows, k);
        }
    }

    [Fact]
    public void One_token_more_than_steps_is_one_sliding_window()
    {
        TokenWindows windows = TokenWindows.Sliding(Tokens(5), steps: 4);

        Assert.Equal(1, windows.Count);
        AssertWindow([0, 1, 2, 3], windows, 0);
    }

    [Fact]
    public void Tiles_lie_side_by_side()
    {
        TokenWindows windows = TokenWindows.Tiled(Tokens(10), steps: 4);

        Assert.Equal(3, windows.Count);
        AssertWindow([0, 1, 2, 3], windows, 0);
        AssertWindow([4, 5, 6, 7], windows, 1);
        AssertWindow([8], windows, 2);
    }

    [Fact]
    public void In_tiles_every_token_but_the_first_is_a_target_once()
    {
        for (int count = 2; count <= 20; count++)
        {
            foreach (int steps in (int[])[1, 2, 3, 4, 5, 19, 20, 1000])
            {
                TokenWindows windows = TokenWindows.Tiled(Tokens(count), steps);

                Assert.Equal((count - 1 + steps - 1) / steps, windows.Count);
                Assert.Equal(Enumerable.Range(1, count - 1), Enumerable.Range(0, windows.Count).SelectMany(k => windows.Targets(k).ToArray()));
                AssertWindows(windows, steps);
            }
        }
    }

    // 23 tokens, the last of them only a target: two lanes of 11.
    [Fact]
    public void First_come_the_first_windows_of_all_lanes()
    {
        TokenWindows windows = TokenWindows.Lanes(Tokens(23), steps: 4, lanes: 2);

        Assert.Equal(6, windows.Count);
        AssertWindow([0, 1, 2, 3], windows, 0);
        AssertWindow([11, 12, 13, 14], windows, 1);
        AssertWindow([4, 5, 6, 7], windows, 2);
        AssertWindow([15, 16, 17, 18], windows, 3);
        AssertWindow([8, 9, 10], windows, 4);
        AssertWindow([19, 20, 21], windows, 5);
    }

    [Fact]
    public void Every_lane_is_contiguous_and_all_are_of_one_length()
    {
        for (int count = 2; count <= 30; count++)
        {
            for (int lanes = 1; lanes < count; lanes++)
            {
                foreach (int steps in (int[])[1, 2, 3, 7, 100])
                {
                    TokenWindows windows = TokenWindows.Lanes(Tokens(count), steps, lanes);

                    int length = (count - 1) / lanes;
                    Assert.Equal(0, windows.Count % lanes);
                    for (int lane = 0; lane < lanes; lane++)
                    {
                        IEnumerable<int> walk = Enumerable.Range(0, windows.Count / lanes).SelectMany(k => windows.Inputs((k * lanes) + lane).ToArray());
                        Assert.Equal(Enumerable.Range(lane * length, length), walk);
                    }

                    AssertWindows(windows, steps);
                }
            }
        }
    }

    [Fact]
    public void The_tokens_are_not_copied()
    {
        int[] tokens = [.. Enumerable.Range(0, 10)];
        TokenWindows windows = TokenWindows.Tiled(tokens, steps: 4);

        tokens[1] = 42;

        Assert.Equal([0, 42, 2, 3], windows.Inputs(0));
        Assert.Equal([42, 2, 3, 4], windows.Targets(0));
    }

    [Fact]
    public void A_part_of_an_array_is_a_sequence_too() =>
        AssertWindow([3, 4, 5], TokenWindows.Sliding(Tokens(10)[3..8], steps: 3), 0);

    [Fact]
    public void A_text_that_is_too_short()
    {
        AssertRefused("expected at least 5 tokens, found 4", () => TokenWindows.Sliding(Tokens(4), steps: 4));
        AssertRefused("expected at least 2 tokens, found 0", () => TokenWindows.Sliding(default, steps: 1));
        AssertRefused("expected at least 2147483648 tokens, found 4", () => TokenWindows.Sliding(Tokens(4), int.MaxValue));
        AssertRefused("expected at least 2 tokens, found 1", () => TokenWindows.Tiled(Tokens(1), steps: 4));
        AssertRefused("expected at least 2 tokens, found 0", () => TokenWindows.Tiled(default, steps: 4));
        AssertRefused("expected at least 4 tokens, found 3", () => TokenWindows.Lanes(Tokens(3), steps: 4, lanes: 3));
        AssertRefused("expected at least 2147483648 tokens, found 3", () => TokenWindows.Lanes(Tokens(3), steps: 4, int.MaxValue));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Steps_and_lanes_are_at_least_one(int bad)
    {
        Assert.Equal("steps", Assert.Throws<ArgumentOutOfRangeException>(() => TokenWindows.Sliding(Tokens(10), bad)).ParamName);
        Assert.Equal("steps", Assert.Throws<ArgumentOutOfRangeException>(() => TokenWindows.Tiled(Tokens(10), bad)).ParamName);
        Assert.Equal("steps", Assert.Throws<ArgumentOutOfRangeException>(() => TokenWindows.Lanes(Tokens(10), bad, lanes: 2)).ParamName);
        Assert.Equal("lanes", Assert.Throws<ArgumentOutOfRangeException>(() => TokenWindows.Lanes(Tokens(10), steps: 2, bad)).ParamName);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_window_that_there_is_not(int index)
    {
        TokenWindows windows = TokenWindows.Tiled(Tokens(10), steps: 4);

        Assert.Equal("index", Assert.Throws<ArgumentOutOfRangeException>(() => windows.Inputs(index).Length).ParamName);
        Assert.Equal("index", Assert.Throws<ArgumentOutOfRangeException>(() => windows.Targets(index).Length).ParamName);
    }

    private static ReadOnlyMemory<int> Tokens(int count) => Enumerable.Range(0, count).ToArray();

    private static void AssertWindow(int[] expected, TokenWindows windows, int index)
    {
        Assert.Equal(expected, windows.Inputs(index));
        Assert.Equal(expected.Select(token => token + 1), windows.Targets(index).ToArray());
    }

    /// <summary>No window is empty or too long, and the targets are one token later.</summary>
    private static void AssertWindows(TokenWindows windows, int steps)
    {
        for (int k = 0; k < windows.Count; k++)
        {
            int[] inputs = windows.Inputs(k).ToArray();
            Assert.InRange(inputs.Length, 1, steps);
            AssertWindow(inputs, windows, k);
        }
    }

    private static void AssertRefused(string text, Action call)
    {
        var e = Assert.Throws<ArgumentException>(call);
        Assert.Equal("tokens", e.ParamName);
        Assert.Contains(text, e.Message, StringComparison.OrdinalIgnoreCase);
    }
}
