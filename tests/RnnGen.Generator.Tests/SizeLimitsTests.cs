using System.Numerics;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;

namespace RnnGen.Generator.Tests;

/// <summary>The bounds of a model's memory, also where ordinary arithmetic would wrap around.</summary>
public class SizeLimitsTests
{
    [Theory]
    [InlineData("Rnn", 16 * (32 + 16 + 2))]
    [InlineData("Lstm", 4 * 16 * (32 + 16 + 2))]
    [InlineData("Gru", 3 * 16 * (32 + 16 + 2))]
    [InlineData("Dense", 16 * (32 + 1))]
    [InlineData("Softmax", 16 * (32 + 1))]
    [InlineData("Embedding", 16 * 32)]
    [InlineData("Activation", 0)]
    public void Parameters(string kind, int numbers) =>
        Assert.Equal(numbers * 4, SizeLimits.ParameterBytes(Layer(kind, inputSize: 17, size: 10)));

    [Theory]
    [InlineData("Rnn", 6)]
    [InlineData("Lstm", 16)]
    [InlineData("Gru", 14)]
    [InlineData("Linear", 4)]
    public void Tape(string kind, int values) =>
        Assert.Equal(values * 16 * 4 * 100, SizeLimits.TapeBytes(Layer(kind, inputSize: 17, size: 10), sequenceLength: 100));

    [Fact]
    public void The_largest_numbers_do_not_wrap_around()
    {
        LayerSpec layer = Layer("Lstm", int.MaxValue, int.MaxValue);

        Assert.Equal(4 * BigInteger.Pow(2, 31) * (BigInteger.Pow(2, 32) + 2) * 4, SizeLimits.ParameterBytes(layer));
        Assert.Equal(16 * BigInteger.Pow(2, 31) * 4 * int.MaxValue, SizeLimits.TapeBytes(layer, int.MaxValue));
    }

    private static LayerSpec Layer(string kind, int inputSize, int size) =>
        new(kind, Enum.Parse<LayerKind>(kind), inputSize, size, ActivationKind.Tanh, true, true, true, null);
}
