using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Numerics;

namespace RnnGen.Training;

/// <summary>
/// Adds what the workers of all processes have found, in the order of the workers, as one process with all of them does. For gradients, each process adds one part of
/// the block for all, then everybody gathers the parts: the least that can be moved, and the order does not depend on who adds.
/// </summary>
internal sealed class ProcessSums
{
    private const int NumbersPerScore = 5;

    private readonly Processes _processes;
    private readonly WorkerShares _shares;
    private readonly long[] _numbers;

    // In bytes of the block of gradients: the part of each process; and no part for anybody.
    private readonly int[] _parts;
    private readonly int[] _none;

    // This process's part of the gradients of all workers: first those of the first worker of every process, then those of the second ones.
    private readonly AlignedBuffer _received;
    private readonly int[][] _receivedStarts;
    private byte[] _states = [];
    private readonly int[] _stateStarts;

    /// <summary>Allocates the memory of the exchanges, but that of carried states.</summary>
    /// <param name="processes">The processes, at least two.</param>
    /// <param name="shares">Who has which worker.</param>
    /// <param name="length">Number of gradients.</param>
    public ProcessSums(Processes processes, WorkerShares shares, int length)
    {
        _processes = processes;
        _shares = shares;
        _numbers = new long[shares.MostPerProcess * NumbersPerScore];
        _none = new int[processes.Size + 1];
        _stateStarts = new int[processes.Size + 1];

        // Multiples of the widest vectors, as the block is.
        int blocks = length / SixteenSums.Block;
        _parts = [.. Enumerable.Range(0, processes.Size + 1).Select(process => (int)((long)blocks * process / processes.Size) * SixteenSums.Block * sizeof(float))];
        int part = _parts[processes.Rank + 1] - _parts[processes.Rank];
        _receivedStarts = new int[shares.MostPerProcess][];
        int start = 0;
        for (int place = 0; place < _receivedStarts.Length; place++)
        {
            int[] starts = new int[processes.Size + 1];
            for (int process = 0; process < processes.Size; process++)
            {
                starts[process] = start;
                start += place < shares.CountOf(process) ? part : 0;
            }

            starts[^1] = start;
            _receivedStarts[place] = starts;
        }

        _received = new AlignedBuffer(start / sizeof(float));
    }

    /// <summary>Adds the sums of all tapes. Afterwards, the first tape of every process has them, and the others have none.</summary>
    /// <param name="tapes">The tapes of this process's workers.</param>
    /// <param name="scores">Memory for as many scores.</param>
    public void Add(ReadOnlySpan<Tape> tapes, Span<Score> scores)
    {
        for (int place = 0; place < tapes.Length; place++)
        {
            scores[place] = tapes[place].Sum;
        }

        Score sum = Add(scores);
        AddGradients(tapes);
        foreach (Tape tape in tapes[1..])
        {
            tape.Clear();
        }

        tapes[0].SetSum(sum);
        tapes[0].RandomState = (ulong)_processes.Gather([(long)tapes[0].RandomState])[0];
    }

    /// <summary>Adds the scores of all workers.</summary>
    /// <param name="scores">The scores of this process's workers.</param>
    public Score Add(ReadOnlySpan<Score> scores)
    {
        for (int place = 0; place < scores.Length; place++)
        {
            Write(scores[place], _numbers.AsSpan(place * NumbersPerScore));
        }

        ReadOnlySpan<long> all = _processes.Gather(_numbers);
        Score sum = default;
        for (int process = 0; process < _processes.Size; process++)
        {
            for (int place = 0; place < _shares.CountOf(process); place++)
            {
                sum += Read(all[(((process * _shares.MostPerProcess) + place) * NumbersPerScore)..]);
            }
        }

        return sum;
    }

    /// <summary>Gives every process the states of all windows.</summary>
    /// <param name="states">A state for each window, of which this process has advanced those of its workers.</param>
    public void Gather(ReadOnlySpan<State> states)
    {
        int size = states[0].ValueByteCount;
        for (int process = 0; process < _stateStarts.Length; process++)
        {
            _stateStarts[process] = size * _shares.WindowOf(_shares.FirstOf(process), states.Length);
        }

        if (_states.Length < _stateStarts[^1])
        {
            _states = new byte[_stateStarts[^1]];
        }

        Span<byte> values = _states.AsSpan(0, _stateStarts[^1]);
        int own = _stateStarts[_processes.Rank];
        int end = _stateStarts[_processes.Rank + 1];
        for (int start = own; start < end; start += size)
        {
            states[start / size].WriteValues(values[start..]);
        }

        _processes.Group!.AllGather(values, _stateStarts);
        for (int start = 0; start < values.Length; start += size)
        {
            if (start < own || start >= end)
            {
                states[start / size].ReadValues(values[start..]);
            }
        }
    }

    private void AddGradients(ReadOnlySpan<Tape> tapes)
    {
        Span<byte> received = MemoryMarshal.AsBytes(_received.Span);
        for (int place = 0; place < _receivedStarts.Length; place++)
        {
            // A process with fewer workers than others has nothing to send at the end.
            bool isThere = place < tapes.Length;
            _processes.Group!.AllToAll(
                isThere ? MemoryMarshal.AsBytes(tapes[place].OwnGradients) : [], isThere ? _parts : _none, received, _receivedStarts[place]);
        }

        Span<byte> sums = MemoryMarshal.AsBytes(tapes[0].OwnGradients);
        AddParts(MemoryMarshal.Cast<byte, float>(sums[_parts[_processes.Rank].._parts[_processes.Rank + 1]]));
        _processes.Group!.AllGather(sums, _parts);
    }

    /// <summary>Adds this process's part of all workers, in their order.</summary>
    private void AddParts(Span<float> sums)
    {
        for (int process = 0; process < _processes.Size; process++)
        {
            for (int place = 0; place < _shares.CountOf(process); place++)
            {
                ReadOnlySpan<float> others = _received.Span.Slice(_receivedStarts[place][process] / sizeof(float), sums.Length);
                if (process == 0 && place == 0)
                {
                    others.CopyTo(sums);
                }
                else
                {
                    Add(sums, others);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(Span<float> sums, ReadOnlySpan<float> others)
    {
        ref float sum = ref MemoryMarshal.GetReference(sums);
        ref float other = ref MemoryMarshal.GetReference(others);
        for (nuint place = 0; place < (nuint)sums.Length; place += (nuint)Vector<float>.Count)
        {
            Vector.StoreUnsafe(Vector.LoadUnsafe(ref sum, place) + Vector.LoadUnsafe(ref other, place), ref sum, place);
        }
    }

    private static void Write(Score score, Span<long> numbers)
    {
        numbers[0] = BitConverter.DoubleToInt64Bits(score.LossSum);
        numbers[1] = score.Count;
        numbers[2] = score.Correct;
        numbers[3] = BitConverter.DoubleToInt64Bits(score.TargetWeight);
        numbers[4] = score.Decisions;
    }

    private static Score Read(ReadOnlySpan<long> numbers) => new(BitConverter.Int64BitsToDouble(numbers[0]), numbers[1], numbers[2])
    {
        TargetWeight = BitConverter.Int64BitsToDouble(numbers[3]),
        Decisions = numbers[4],
    };
}
