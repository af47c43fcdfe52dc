using RnnGen.Tests.Models;

namespace RnnGen.Tests.Sampling;

/// <summary>As many numbers out as in.</summary>
[RnnModel(inputSize: 2, sequenceLength: 3)]
internal sealed partial class Echo
{
    [Rnn(5)]
    public partial Layer Hidden { get; }

    [Linear(2)]
    public partial Layer Value { get; }
}

public class GenerationTests
{
    [Fact]
    public void Tokens_are_drawn_and_fed_back()
    {
        var model = new TokenRnn(seed: 1);
        var expected = new List<int>();
        var sampler = new Sampler(TokenRnn.OutputSize, seed: 5);
        TokenRnn.State state = model.CreateState();
        var probabilities = new float[TokenRnn.OutputSize];
        for (int token = 4; expected.Count < 20; expected.Add(token))
        {
            model.Step(state, token, probabilities);
            token = sampler.Next(probabilities);
        }

        var tokens = new int[20];
        Assert.Equal(20, model.Generate(model.CreateState(), 4, tokens, new Sampler(TokenRnn.OutputSize, seed: 5)));
        Assert.Equal(expected, tokens);

        int end = expected[6];
        int length = expected.IndexOf(end);
        Assert.Equal(length, model.Generate(model.CreateState(), 4, tokens, new Sampler(TokenRnn.OutputSize, seed: 5), end));
        Assert.Equal(expected[..length], tokens[..length]);
    }

    [Fact]
    public void Numbers_are_fed_back()
    {
        var model = new Echo(seed: 1);
        var expected = new float[8];
        Echo.State state = model.CreateState();
        float[] row = [0.5f, -1];
        for (int step = 0; step < 4; step++)
        {
            model.Step(state, row, expected.AsSpan(step * 2, 2));
            row = expected[(step * 2)..((step * 2) + 2)];
        }

        var rows = new float[8];
        model.Generate(model.CreateState(), [0.5f, -1], rows);

        Same.Bits(expected, rows, "rows");
    }

    [Fact]
    public void Wrong_calls_are_refused()
    {
        var token = new TokenRnn(seed: 1);
        Assert.Throws<ArgumentException>("sampler", () => token.Generate(token.CreateState(), 0, new int[1], new Sampler(5, seed: 1)));
        Assert.Throws<ArgumentOutOfRangeException>("first", () => token.Generate(token.CreateState(), 5, new int[1], new Sampler(4, seed: 1)));

        var echo = new Echo(seed: 1);
        Assert.Throws<ArgumentException>("first", () => echo.Generate(echo.CreateState(), new float[1], new float[2]));
        Assert.Throws<ArgumentException>("rows", () => echo.Generate(echo.CreateState(), new float[2], new float[3]));

        var other = new ShortLstm(seed: 1);
        var e = Assert.Throws<ArgumentException>("model", () => other.Generate(other.CreateState(), new float[3], new float[2]));
        Refused(e, "InputSize 3 and OutputSize 2");

        static void Refused(Exception exception, string problem) => Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
