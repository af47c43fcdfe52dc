using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>
/// Memory in which streams are the elements of vectors for the time of a step: one number of all of them side by side, then the next number. The units of a small layer would leave most of a
/// vector empty.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StreamVectors
{
    /// <summary>The most streams that take a step together: their states stay in the nearest cache.</summary>
    internal const int Most = 64;

    /// <summary>Distance between two numbers of a stream, in floats. With a power of two, what is read would often be at the same place of a page as what has just been written.</summary>
    internal const int Stride = Most + 16;

    // Streams whose numbers are turned in one go.
    private const int Block = 4;

    private readonly AlignedBuffer _memory;
    private readonly int _now;
    private readonly int _next;
    private readonly int _work;

    // Where the states of each stream are. A block that is not full has those of nobody in place of those that are missing.
    private readonly nint[] _rows = new nint[Most];
    private readonly nint _nobody;

    /// <summary>For generated code.</summary>
    /// <param name="inputs">Inputs of a stream.</param>
    /// <param name="half">Size of all states, in floats.</param>
    /// <param name="work">Size of the scratch memory, in floats.</param>
    public StreamVectors(int inputs, int half, int work)
    {
        _now = inputs * Stride;
        _next = _now + (half * Stride);
        _work = _next + (half * Stride);
        int nobody = _work + (work * Stride);
        _memory = new AlignedBuffer(nobody + half);
        _nobody = _memory.Address + (nobody * sizeof(float));
    }

    internal ref float NowOrigin => ref Unsafe.Add(ref _memory.Origin, _now);

    internal ref float NextOrigin => ref Unsafe.Add(ref _memory.Origin, _next);

    internal ref float WorkOrigin => ref Unsafe.Add(ref _memory.Origin, _work);

    /// <summary>Takes the states of streams: of as many as fit, up to the first one that is there already.</summary>
    /// <param name="states">The streams, at least one.</param>
    /// <returns>The number of streams.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Gather(ReadOnlySpan<State> states)
    {
        ref State state = ref MemoryMarshal.GetReference(states);
        ref nint rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        int count = Math.Min(states.Length, Most);
        long last = 0;
        long rises = -1;
        for (nuint stream = 0; stream < (nuint)count; stream++)
        {
            nint row = Unsafe.Add(ref state, stream).Row;
            AlignedBuffer.Prefetch(row, 1);
            Unsafe.Add(ref rows, stream) = row;

            // Negative as long as each address is above the one before it.
            rises &= last - (long)(nuint)row;
            last = (long)(nuint)row;
        }

        // Streams whose memory comes in order are different ones.
        if (rises >= 0)
        {
            count = Different(states[..count]);
        }

        _rows.AsSpan(count, -count & (Block - 1)).Fill(_nobody);
        foreach (StateSlot slot in state.AllSlots)
        {
            int width = slot.Size + (slot.Size & 1);
            for (int place = 0; place < width;)
            {
                if (TakesFour(width, ref place, out int number))
                {
                    Gather<FourNumbers>(slot.Offset + number, count);
                }
                else
                {
                    Gather<TwoNumbers>(slot.Offset + number, count);
                }
            }
        }

        return count;
    }

    /// <summary>Gives the streams their states after the step.</summary>
    /// <param name="states">The streams that <see cref="Gather(ReadOnlySpan{State})"/> took.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Scatter(ReadOnlySpan<State> states)
    {
        foreach (StateSlot slot in states[0].AllSlots)
        {
            int width = slot.Size + (slot.Size & 1);
            for (int place = 0; place < width;)
            {
                if (TakesFour(width, ref place, out int number))
                {
                    Scatter<FourNumbers>(slot.Offset + number, states.Length);
                }
                else
                {
                    Scatter<TwoNumbers>(slot.Offset + number, states.Length);
                }
            }
        }
    }

    /// <summary>Takes the inputs of streams.</summary>
    /// <param name="inputs">Row by row.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <returns>The first input of the first stream.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ref float Turn(ReadOnlySpan<float> inputs, int width)
    {
        ref float rows = ref MemoryMarshal.GetReference(inputs);
        ref float vectors = ref _memory.Origin;
        int count = inputs.Length / width;
        int whole = width == 1 ? 0 : count & -Block;
        for (int place = 0; place < width;)
        {
            if (TakesFour(width, ref place, out int number))
            {
                Turn<FourNumbers>(ref Unsafe.Add(ref rows, number), (nuint)width, whole, ref Unsafe.Add(ref vectors, number * Stride));
            }
            else
            {
                Turn<TwoNumbers>(ref Unsafe.Add(ref rows, number), (nuint)width, whole, ref Unsafe.Add(ref vectors, number * Stride));
            }
        }

        for (int stream = whole; stream < count; stream++)
        {
            for (int number = 0; number < width; number++)
            {
                Unsafe.Add(ref vectors, (number * Stride) + stream) = inputs[(stream * width) + number];
            }
        }

        return ref vectors;
    }

    /// <summary>Gives the outputs of streams.</summary>
    /// <param name="vectors">The first output of the first stream.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="outputs">Receives them, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void TurnBack(ref float vectors, int width, Span<float> outputs)
    {
        ref float rows = ref MemoryMarshal.GetReference(outputs);
        int count = outputs.Length / width;
        int whole = width == 1 ? 0 : count & -Block;
        for (int place = 0; place < width;)
        {
            if (TakesFour(width, ref place, out int number))
            {
                TurnBack<FourNumbers>(ref Unsafe.Add(ref vectors, number * Stride), ref Unsafe.Add(ref rows, number), (nuint)width, whole);
            }
            else
            {
                TurnBack<TwoNumbers>(ref Unsafe.Add(ref vectors, number * Stride), ref Unsafe.Add(ref rows, number), (nuint)width, whole);
            }
        }

        for (int stream = whole; stream < count; stream++)
        {
            for (int number = 0; number < width; number++)
            {
                outputs[(stream * width) + number] = Unsafe.Add(ref vectors, (number * Stride) + stream);
            }
        }
    }

    /// <summary>How many streams there are before one that is there for the second time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Different(ReadOnlySpan<State> states)
    {
        int count = 0;
        while (count < states.Length && states[count].Enter())
        {
            count++;
        }

        foreach (State state in states[..count])
        {
            state.Leave();
        }

        return count;
    }

    /// <summary>The next numbers of a row: four, or two where no more are left. The last ones may be some for the second time.</summary>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="place">How many have been taken.</param>
    /// <param name="number">The first of them.</param>
    /// <returns>Whether they are four.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TakesFour(int width, ref int place, out int number)
    {
        bool isFour = width >= 4 && width - place > 2;
        int taken = isFour ? 4 : 2;
        number = Math.Min(place, Math.Max(0, width - taken));
        place += taken;
        return isFour;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather<TNumbers>(int place, int count)
        where TNumbers : struct, IRowNumbers
    {
        ref nint rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref float vectors = ref Unsafe.Add(ref NowOrigin, place * Stride);
        for (nuint stream = 0; stream < (nuint)count; stream += Block)
        {
            ref nint row = ref Unsafe.Add(ref rows, stream);
            TNumbers.Turn(
                ref At(row, place), ref At(Unsafe.Add(ref row, 1), place), ref At(Unsafe.Add(ref row, 2), place), ref At(Unsafe.Add(ref row, 3), place),
                ref Unsafe.Add(ref vectors, stream), Stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scatter<TNumbers>(int place, int count)
        where TNumbers : struct, IRowNumbers
    {
        ref nint rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref float vectors = ref Unsafe.Add(ref NextOrigin, place * Stride);
        for (nuint stream = 0; stream < (nuint)count; stream += Block)
        {
            ref nint row = ref Unsafe.Add(ref rows, stream);
            TNumbers.TurnBack(
                ref Unsafe.Add(ref vectors, stream), Stride,
                ref At(row, place), ref At(Unsafe.Add(ref row, 1), place), ref At(Unsafe.Add(ref row, 2), place), ref At(Unsafe.Add(ref row, 3), place));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn<TNumbers>(ref float row, nuint width, int count, ref float vectors)
        where TNumbers : struct, IRowNumbers
    {
        for (nuint stream = 0; stream < (nuint)count; stream += Block)
        {
            TNumbers.Turn(ref row, ref Unsafe.Add(ref row, width), ref Unsafe.Add(ref row, 2 * width), ref Unsafe.Add(ref row, 3 * width), ref Unsafe.Add(ref vectors, stream), Stride);
            row = ref Unsafe.Add(ref row, Block * width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TurnBack<TNumbers>(ref float vectors, ref float row, nuint width, int count)
        where TNumbers : struct, IRowNumbers
    {
        for (nuint stream = 0; stream < (nuint)count; stream += Block)
        {
            TNumbers.TurnBack(ref Unsafe.Add(ref vectors, stream), Stride, ref row, ref Unsafe.Add(ref row, width), ref Unsafe.Add(ref row, 2 * width), ref Unsafe.Add(ref row, 3 * width));
            row = ref Unsafe.Add(ref row, Block * width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float At(nint row, int place) => ref Unsafe.Add(ref AlignedBuffer.At(row), place);
}
