using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnGen.CompilerServices;

/// <summary>The argument checks of generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Check
{
    /// <summary>Checks the length of a span.</summary>
    /// <param name="actual">Its length.</param>
    /// <param name="expected">The length it must have.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Length(int actual, int expected, string name)
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, name);
        }
    }

    /// <summary>Checks the length of a span that may be left out.</summary>
    /// <param name="actual">Its length.</param>
    /// <param name="expected">The length it must have if it is not empty.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void LengthOrNone(int actual, int expected, string name)
    {
        if (actual != 0)
        {
            Length(actual, expected, name);
        }
    }

    /// <summary>Checks the length of a window and counts its steps.</summary>
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
                $"A window has 1 to {longest} steps of {size}: expected a length of {size} to {(long)size * longest} in multiples of {size}, found {length}.", name);
        }

        return steps;
    }

    /// <summary>Checks that two spans share no memory.</summary>
    /// <param name="inputs">What is read.</param>
    /// <param name="outputs">What is written.</param>
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

    /// <summary>Checks that all targets are classes; negative ones are ignored later on.</summary>
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
    /// <param name="lengths">Steps of each.</param>
    /// <param name="longest">The longest window, in steps.</param>
    /// <param name="lanes">The most windows.</param>
    /// <returns>Steps of all together.</returns>
    /// <exception cref="ArgumentException">There are none or too many windows, or one is too short or too long.</exception>
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
                throw new ArgumentOutOfRangeException(nameof(lengths), lengths[lane], $"A window has 1 to {longest} steps; that of lane {lane} has not.");
            }

            total += lengths[lane];
        }

        return total;
    }

    /// <summary>Checks that a tape holds a single window.</summary>
    /// <param name="isWindow">Whether it does.</param>
    /// <exception cref="InvalidOperationException">It holds a batch.</exception>
    public static void Window(bool isWindow)
    {
        if (!isWindow)
        {
            throw new InvalidOperationException("The tape holds a batch: ask for one of its lanes.");
        }
    }

    /// <summary>Checks that a tape that holds a batch is not given the gradients of a single stream's states.</summary>
    /// <param name="finalStateGradients">The gradients.</param>
    /// <exception cref="ArgumentException">There are some.</exception>
    public static void NoState(State? finalStateGradients)
    {
        if (finalStateGradients is not null)
        {
            throw new ArgumentException("The tape holds a batch: the gradients of its lanes are in a Batch.", nameof(finalStateGradients));
        }
    }

    /// <summary>Checks that a batch has the lanes that are needed.</summary>
    /// <param name="actual">Its lanes.</param>
    /// <param name="expected">Lanes that it must have at least.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static void Lanes(int actual, int expected, string name)
    {
        if (actual < expected)
        {
            throw new ArgumentException($"Expected a batch of at least {expected} lanes, found {actual}.", name);
        }
    }

    /// <summary>A state, tape or batch that must be the model's own.</summary>
    /// <typeparam name="T">The model's class.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="name">Name of the argument.</param>
    /// <returns>The object.</returns>
    /// <exception cref="ArgumentException">It is another model's, or null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Own<T>(object? value, string name)
        where T : class => value as T ?? throw NotOwn(typeof(T), value, name);

    /// <summary>A state or batch that must be the model's own, or null.</summary>
    /// <typeparam name="T">The model's class.</typeparam>
    /// <param name="value">The object.</param>
    /// <param name="name">Name of the argument.</param>
    /// <returns>The object.</returns>
    /// <exception cref="ArgumentException">It is another model's.</exception>
    public static T? OwnOrNone<T>(object? value, string name)
        where T : class => value is null ? null : Own<T>(value, name);

    /// <summary>Checks that a batch has streams, not the gradients of some.</summary>
    /// <param name="isStream">Whether it has.</param>
    /// <exception cref="ArgumentException">It has not.</exception>
    public static void Stream(bool isStream)
    {
        if (!isStream)
        {
            throw new ArgumentException("The batch holds the gradients of a tape and has no memory for steps; use one of CreateBatch.", "batch");
        }
    }

    /// <summary>Checks that a tape is large enough for a batch.</summary>
    /// <param name="lanes">Lanes of the batch.</param>
    /// <param name="capacity">Lanes that the tape can record.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Capacity(int lanes, int capacity, string name)
    {
        if (lanes > capacity)
        {
            throw new ArgumentException(
                capacity == 0 ? "The tape is for single windows; use one of CreateBatchTape." : $"The tape has room for {capacity} lanes, the batch has {lanes}.", name);
        }
    }

    /// <summary>Checks that a tape has recorded a batch.</summary>
    /// <param name="holdsBatch">Whether it has.</param>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public static void Batch(bool holdsBatch)
    {
        if (!holdsBatch)
        {
            throw new InvalidOperationException("The tape holds a single window and no batch; call Forward with a batch first.");
        }
    }

    // Apart from the checks, which are small enough for the JIT to put into the verbs.
    private static void ThrowOverlap(string name) => throw new ArgumentException("Inputs and outputs overlap; they must not share memory.", name);

    private static void ThrowToken(int token, int vocabulary, string name) =>
        throw new ArgumentOutOfRangeException(name, token, $"A token must be in 0 .. {vocabulary - 1}.");

    private static ArgumentException NotOwn(Type expected, object? value, string name) => value is null
        ? new ArgumentNullException(name)
        : new ArgumentException($"The {name} belongs to another model: expected {expected}, found {value.GetType()}.", name);

    private static void ThrowLength(int actual, int expected, string name) =>
        throw new ArgumentException($"Expected a length of {expected}, found {actual}.", name);
}
