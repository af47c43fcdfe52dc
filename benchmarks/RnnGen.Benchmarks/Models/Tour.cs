using System.Runtime.CompilerServices;

namespace RnnGen.Benchmarks;

/// <summary>What a loop of steps reads and writes: streams that take turns, the rows of a window again and again, one output.</summary>
internal sealed class Tour<TState>(TState[] states, float[] inputs, int inputSize, int outputSize)
{
    private readonly float[] _outputs = new float[outputSize];
    private int _turn;
    private int _row;

    public Span<float> Outputs => _outputs;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TState NextState()
    {
        TState state = states[_turn];
        _turn = _turn + 1 < states.Length ? _turn + 1 : 0;
        return state;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> NextInput()
    {
        ReadOnlySpan<float> row = inputs.AsSpan(_row, inputSize);
        _row = _row + inputSize < inputs.Length ? _row + inputSize : 0;
        return row;
    }
}
