namespace RnnGen.Tests.Models;

/// <summary>Inputs or targets of any model: numbers or integers. Reading it takes no memory.</summary>
internal readonly struct Data
{
    private readonly Memory<int> _integers;
    private readonly Memory<float> _numbers;

    public Data(Memory<int> integers) => _integers = integers;

    public Data(Memory<float> numbers) => _numbers = numbers;

    public Span<int> Integers => _integers.Span;

    public Span<float> Numbers => _numbers.Span;

    public int Length => _integers.Length + _numbers.Length;

    public static implicit operator Data(int[] integers) => new(integers.AsMemory());

    public static implicit operator Data(float[] numbers) => new(numbers.AsMemory());

    public Data Slice(int start, int length) =>
        _integers.IsEmpty ? new Data(_numbers.Slice(start, length)) : new Data(_integers.Slice(start, length));
}
