using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.CompilerServices;

/// <summary>The argument checks of generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Check
{
    /// <summary>Checks the length of a span.</summary>
    /// <param name="actual">The length.</param>
    /// <param name="expected">The required length.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Length(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, name);
        }
    }

    /// <summary>Checks the length of a span that may be empty.</summary>
    /// <param name="actual">The length.</param>
    /// <param name="expected">The required length, unless the span is empty.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void LengthOrNone(int actual, int expected, string name)
    {
        if (actual != 0)
        {
            Length(actual, expected, name);
        }
    }

    /// <summary>Checks the length of a window, and returns its number of steps.</summary>
    /// <param name="length">Length of the inputs.</param>
    /// <param name="size">Numbers per step.</param>
    /// <param name="longest">The longest window, in steps.</param>
    /// <param name="name">Name of the argument.</param>
    /// <returns>Number of steps.</returns>
    /// <exception cref="ArgumentException">Not a whole number of steps, none, or too many.</exception>
    public static int Steps(int length, int size, int longest, string name)
    {
        int steps = length / size;
        if (steps < 1 || steps > longest || steps * size != length)
        {
            throw new ArgumentException(
                size == 1
                    ? $"A window has 1 to {longest} steps: found {length}."
                    : $"A window has 1 to {longest} steps of {size}: expected a length of {size} to {(long)size * longest} in multiples of {size}, found {length}.",
                name);
        }

        return steps;
    }

    /// <summary>Checks that no stream is missing.</summary>
    /// <typeparam name="TState">The states of the model.</typeparam>
    /// <param name="states">The streams.</param>
    /// <exception cref="ArgumentException">One of them is null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Streams<TState>(ReadOnlySpan<TState> states)
        where TState : State
    {
        // A reference that is null is a zero. Several are looked at at a time, which a search among numbers of this type does not do.
        ref nint first = ref Unsafe.As<TState, nint>(ref MemoryMarshal.GetReference(states));
        int whole = states.Length - (states.Length % Vector<nint>.Count);
        bool isMissing = false;
        for (int stream = 0; stream < whole; stream += Vector<nint>.Count)
        {
            isMissing |= Vector.EqualsAny(Vector.LoadUnsafe(ref first, (nuint)stream), Vector<nint>.Zero);
        }

        for (int stream = whole; stream < states.Length; stream++)
        {
            isMissing |= states[stream] is null;
        }

        if (isMissing)
        {
            throw new ArgumentException($"Expected a stream at index {MemoryMarshal.CreateReadOnlySpan(ref first, states.Length).IndexOf(0)}, found null.", nameof(states));
        }
    }

    /// <summary>Checks that two spans share no memory.</summary>
    /// <param name="inputs">The memory that is read.</param>
    /// <param name="outputs">The memory that is written.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public static void Apart(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs)
    {
        if (inputs.Overlaps(outputs))
        {
            ThrowOverlap(nameof(outputs));
        }
    }

    /// <summary>Checks that a token is in the vocabulary.</summary>
    /// <param name="token">The token.</param>
    /// <param name="vocabulary">Size of the vocabulary.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static void Token(int token, int vocabulary, string name)
    {
        if ((uint)token >= (uint)vocabulary)
        {
            ThrowToken(token, vocabulary, name);
        }
    }

    /// <summary>Checks that a vocabulary has a token that is to be decoded.</summary>
    /// <param name="token">The token.</param>
    /// <param name="size">Size of the vocabulary.</param>
    /// <returns>The token.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It has not.</exception>
    internal static int OfVocabulary(int token, int size) => (uint)token < (uint)size
        ? token
        : throw new ArgumentOutOfRangeException(nameof(token), token, $"A token must be in 0 .. {size - 1}. If the model has more tokens than the vocabulary, ban them: sampler.Ban(vocabulary.Size..).");

    /// <summary>Checks that a range of tokens is in the vocabulary.</summary>
    /// <param name="tokens">The range.</param>
    /// <param name="vocabulary">Size of the vocabulary.</param>
    /// <param name="name">Name of the argument.</param>
    /// <returns>The first token, and the one after the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    internal static (int Start, int End) Tokens(Range tokens, int vocabulary, string name)
    {
        (int start, int end) = (tokens.Start.GetOffset(vocabulary), tokens.End.GetOffset(vocabulary));
        return 0 <= start && start <= end && end <= vocabulary
            ? (start, end)
            : throw new ArgumentOutOfRangeException(name, tokens, $"A range of tokens must be in 0 .. {vocabulary}.");
    }

    /// <summary>Checks that all tokens are in the vocabulary.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="vocabulary">Size of the vocabulary.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public static void Tokens(ReadOnlySpan<int> tokens, int vocabulary, string name)
    {
        for (int k = 0; k < tokens.Length; k++)
        {
            if ((uint)tokens[k] >= (uint)vocabulary)
            {
                throw new ArgumentOutOfRangeException(name, tokens[k], $"A token must be in 0 .. {vocabulary - 1}; that of step {k} is not.");
            }
        }
    }

    /// <summary>Checks that all targets are classes or negative, which means ignored.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is too large.</exception>
    public static void Targets(ReadOnlySpan<int> targets, int classes)
    {
        for (int k = 0; k < targets.Length; k++)
        {
            if (targets[k] >= classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(targets), targets[k], $"A target must be in 0 .. {classes - 1}, or negative to be ignored; that of step {k} is not.");
            }
        }
    }

    /// <summary>Checks the lengths of the windows of a batch.</summary>
    /// <param name="lengths">Number of steps of each window.</param>
    /// <param name="longest">The longest window, in steps.</param>
    /// <param name="lanes">The largest number of windows.</param>
    /// <returns>Number of steps of all windows together.</returns>
    /// <exception cref="ArgumentException">There are no windows or too many, or one is too short or too long.</exception>
    public static int Lengths(ReadOnlySpan<int> lengths, int longest, int lanes)
    {
        if (lengths.Length < 1 || lengths.Length > lanes)
        {
            throw new ArgumentException($"The batch takes 1 to {lanes} windows: found {lengths.Length} lengths.", nameof(lengths));
        }

        int total = 0;
        for (int lane = 0; lane < lengths.Length; lane++)
        {
            if (lengths[lane] < 1 || lengths[lane] > longest)
            {
                throw new ArgumentOutOfRangeException(nameof(lengths), lengths[lane], $"A window has 1 to {longest} steps; that of lane {lane} does not.");
            }

            total += lengths[lane];
        }

        return total;
    }

    /// <summary>Checks that a tape that holds a batch is not given the gradients of a single stream's states.</summary>
    /// <param name="finalStateGradients">The gradients.</param>
    /// <exception cref="ArgumentException">They are not null.</exception>
    public static void NoState(State? finalStateGradients)
    {
        if (finalStateGradients is not null)
        {
            throw new ArgumentException("The tape holds a batch: the gradients of its lanes are in a Batch.", nameof(finalStateGradients));
        }
    }

    /// <summary>Checks that a batch has enough lanes.</summary>
    /// <param name="batch">The batch, or null.</param>
    /// <param name="expected">The least number of lanes.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static void Lanes(Batch? batch, int expected, string name)
    {
        if (batch is not null && batch.Lanes < expected)
        {
            throw new ArgumentException($"Expected a batch of at least {expected} lanes, found {batch.Lanes}.", name);
        }
    }

    /// <summary>Casts a state, tape or batch to the model's class.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="name">Name of the argument.</param>
    /// <returns>The object.</returns>
    /// <exception cref="ArgumentException">It belongs to another model, or is null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Own<T>(object? value, string name)
        where T : class => value as T ?? throw NotOwn(typeof(T), value, name);

    /// <summary>Casts states to those of the model's class.</summary>
    /// <typeparam name="T">Their class.</typeparam>
    /// <param name="states">The states.</param>
    /// <returns>The same states.</returns>
    /// <exception cref="ArgumentException">One of them belongs to another model, or is null.</exception>
    // Inlined, the class is known, and the cast is a comparison.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> Own<T>(ReadOnlySpan<State> states)
        where T : State
    {
        foreach (State state in states)
        {
            if (state is not T)
            {
                throw NotOwn(typeof(T), state, nameof(states));
            }
        }

        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<State, T>(ref MemoryMarshal.GetReference(states)), states.Length);
    }

    /// <summary>Casts a state or batch that may be null to the model's class.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="name">Name of the argument.</param>
    /// <returns>The object.</returns>
    /// <exception cref="ArgumentException">It belongs to another model.</exception>
    public static T? OwnOrNone<T>(object? value, string name)
        where T : class => value is null ? null : Own<T>(value, name);

    /// <summary>Checks that a batch holds streams, not the gradients of their initial states.</summary>
    /// <param name="batch">The batch.</param>
    /// <exception cref="ArgumentException">It holds gradients.</exception>
    public static void Stream(Batch batch)
    {
        if (batch.Rows is null)
        {
            throw new ArgumentException("The batch holds the gradients of a tape and cannot run steps; create one with CreateBatch.", nameof(batch));
        }
    }

    /// <summary>Checks that a tape belongs to a model.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="weights">The weights of the model.</param>
    /// <exception cref="ArgumentException">The tape belongs to another model.</exception>
    public static void Owner(Tape tape, ModelWeights weights)
    {
        if (tape.Weights != weights)
        {
            throw new ArgumentException("The tape belongs to another model; create one with CreateTape of this model.", nameof(tape));
        }
    }

    /// <summary>Checks that a tape belongs to a model and is large enough for a batch.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="weights">The weights of the model.</param>
    /// <param name="lanes">Lanes of the batch.</param>
    /// <exception cref="ArgumentException">The tape belongs to another model, or is too small.</exception>
    public static void Capacity(Tape tape, ModelWeights weights, int lanes)
    {
        Owner(tape, weights);
        int capacity = tape.Rows.Capacity;
        if (lanes > capacity)
        {
            throw new ArgumentException(
                capacity == 0 ? "The tape is for single windows; create one with CreateBatchTape." : $"The tape can record {capacity} lanes, the batch has {lanes}.", nameof(tape));
        }
    }

    /// <summary>Checks that Backward can start: the tape belongs to the model and holds a window, and the weights are those of its recording.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="weights">The weights of the model.</param>
    /// <exception cref="ArgumentException">The tape belongs to another model.</exception>
    /// <exception cref="InvalidOperationException">Nothing is recorded, or the weights have changed since.</exception>
    public static void Recorded(Tape tape, ModelWeights weights)
    {
        Owner(tape, weights);
        if (tape.Steps == 0)
        {
            throw new InvalidOperationException("The tape holds no window; call Forward with this tape first.");
        }

        if (tape.Version != weights.Version)
        {
            throw new InvalidOperationException("The weights have changed since the window was recorded; call Forward with this tape again.");
        }
    }

    /// <summary>The same, and that the tape holds a batch.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="weights">The weights of the model.</param>
    /// <exception cref="ArgumentException">The tape belongs to another model.</exception>
    /// <exception cref="InvalidOperationException">No batch is recorded, or the weights have changed since.</exception>
    public static void RecordedBatch(Tape tape, ModelWeights weights)
    {
        Recorded(tape, weights);
        HoldsBatch(tape);
    }

    internal static void HoldsBatch(Tape tape)
    {
        if (!tape.HoldsBatch)
        {
            throw new InvalidOperationException("The tape holds a single window, not a batch; call Forward with a batch first.");
        }
    }

    // Separate from the checks, so that the JIT inlines these.
    private static void ThrowOverlap(string name) => throw new ArgumentException("Inputs and outputs overlap; they must not share memory.", name);

    private static void ThrowToken(int token, int vocabulary, string name) =>
        throw new ArgumentOutOfRangeException(name, token, $"A token must be in 0 .. {vocabulary - 1}.");

    private static ArgumentException NotOwn(Type expected, object? value, string name) => value is null
        ? new ArgumentNullException(name)
        : new ArgumentException($"The {name} belongs to another model: expected {expected}, found {value.GetType()}.", name);

    private static void ThrowLength(int actual, int expected, string name) =>
        throw new ArgumentException($"Expected a length of {expected}, found {actual}.", name);
}
