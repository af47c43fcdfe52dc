using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using RnnGen.CompilerServices;

namespace RnnGen.Serving;

// Steps that may be taken together.
public sealed partial class StreamHost<TKey, TInput>
{
    // One for each shard; none without batches.
    private readonly WaitingSteps<TKey, TInput>[] _waiting;

    /// <summary>
    /// One step of a stream. With <see cref="StreamHostOptions{TKey}.ConcurrentBatches"/>, it waits for its turn, and is taken together with others that wait; without, it is taken at once. Steps of one
    /// stream are taken in the order of these calls. A step that was called is taken, whether or not anyone awaits it; await it once.
    /// </summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="inputs">[InputSize], or one token. It must not change before the step is done.</param>
    /// <param name="outputs">Receives [OutputSize]; with several heads, the outputs of the first head, then those of the next.</param>
    /// <returns>The step. It completes on the thread pool.</returns>
    /// <exception cref="ArgumentException">The memory has the wrong length, or overlaps; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The token is not in the vocabulary; nothing was changed.</exception>
    /// <exception cref="StreamException">There is no such stream, or its state would not be finite.</exception>
    public ValueTask StepAsync(TKey key, ReadOnlyMemory<TInput> inputs, Memory<float> outputs)
    {
        if (_waiting.Length == 0)
        {
            Step(key, inputs.Span, outputs.Span);
            return ValueTask.CompletedTask;
        }

        WaitingStep<TKey, TInput> step = Wait(key, inputs, outputs);
        return new ValueTask(step, step.Token);
    }

    /// <inheritdoc cref="StepAsync"/>
    /// <returns>What came of the step. It completes on the thread pool.</returns>
    public ValueTask<StepResult> TryStepAsync(TKey key, ReadOnlyMemory<TInput> inputs, Memory<float> outputs)
    {
        if (_waiting.Length == 0)
        {
            StreamStatus status = TryStep(key, inputs.Span, outputs.Span, out int version);
            return ValueTask.FromResult(new StepResult(status, version));
        }

        WaitingStep<TKey, TInput> step = Wait(key, inputs, outputs);
        return new ValueTask<StepResult>(step, step.Token);
    }

    /// <summary>
    /// Steps of several streams, such as all messages that are at hand. With <see cref="StreamHostOptions{TKey}.ConcurrentBatches"/>, those of a group of streams are taken together. A stream may be there more
    /// than once: its steps are taken one after the other, in their order.
    /// </summary>
    /// <param name="keys">The keys of the streams.</param>
    /// <param name="inputs">[keys x InputSize], or one token for each key.</param>
    /// <param name="outputs">Receives [keys x OutputSize]; with several heads, the outputs of all heads for the first key, then those for the next.</param>
    /// <param name="results">Receives what came of each step.</param>
    /// <returns>Whether all of them are <see cref="StreamStatus.Done"/>.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length, or spans overlap; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A token is not in the vocabulary or, of a model with <see cref="RnnGen.NonFinite.Throw"/>, an input is not finite. The other steps were taken; the version of those that were not is 0.
    /// </exception>
    public bool TryStepMany(ReadOnlySpan<TKey> keys, ReadOnlySpan<TInput> inputs, Span<float> outputs, Span<StepResult> results)
    {
        Check.Length(results.Length, keys.Length, nameof(results));
        CheckSteps(keys.Length, inputs, outputs);
        long start = _metrics.MeasuresSteps ? Stopwatch.GetTimestamp() : 0;
        int[] order = ArrayPool<int>.Shared.Rent(keys.Length);
        int[] begins = ArrayPool<int>.Shared.Rent(_shards.Length + 1);
        var steps = new ManySteps<TKey, TInput>(keys, inputs, outputs, results);
        try
        {
            Group(keys, order, begins.AsSpan(0, _shards.Length + 1));
            for (int shard = 0; shard < _shards.Length; shard++)
            {
                _shards[shard].Step(ref steps, order.AsSpan(begins[shard]..begins[shard + 1]), _metrics);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(order);
            ArrayPool<int>.Shared.Return(begins);
        }

        TimeSpan? duration = start == 0 ? null : Stopwatch.GetElapsedTime(start);
        bool areDone = true;
        for (int step = 0; step < keys.Length; step++)
        {
            Tell(results[step].Status, keys[step], duration);
            areDone &= results[step].Status == StreamStatus.Done;
        }

        if (steps.Exception is not null)
        {
            ExceptionDispatchInfo.Throw(steps.Exception);
        }

        return areDone;
    }

    /// <summary>Measures and logs a step.</summary>
    internal void Tell(StreamStatus status, TKey key, TimeSpan? duration) => Logged(_metrics.Stepped(status, duration), key);

    private static void CheckBatches(IRnnStreamingModel<TInput> model, StreamHostOptions<TKey> options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.ConcurrentBatches, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWait, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxWait, TimeSpan.FromDays(1), nameof(options));
        if (options.ConcurrentBatches > 0 && model is not IRnnStreamingBatchModel<TInput>)
        {
            throw new ArgumentException($"ConcurrentBatches needs a model with batches: declare {model.GetType().Name} with a BatchSize.", nameof(options));
        }

        if (options.MaxWait > TimeSpan.Zero && options.ConcurrentBatches == 0)
        {
            throw new ArgumentException("MaxWait needs ConcurrentBatches: without, no step waits for others.", nameof(options));
        }
    }

    private WaitingStep<TKey, TInput> Wait(TKey key, ReadOnlyMemory<TInput> inputs, Memory<float> outputs)
    {
        CheckSteps(1, inputs.Span, outputs.Span);
        return _waiting[ShardIndexOf(key)].Add(key, inputs, outputs, _metrics.MeasuresSteps ? Stopwatch.GetTimestamp() : null);
    }

    private void CheckSteps(int steps, ReadOnlySpan<TInput> inputs, Span<float> outputs)
    {
        IRnnStreamingModel<TInput> model = _current.Model;
        Check.Length(inputs.Length, checked(steps * model.GetInputLength(1)), nameof(inputs));
        Check.Length(outputs.Length, checked(steps * model.OutputSize), nameof(outputs));
        if (typeof(TInput) == typeof(float))
        {
            Check.Apart(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TInput, float>(ref MemoryMarshal.GetReference(inputs)), inputs.Length), outputs);
        }
    }

    /// <summary>Sorts steps by their shards; those of one shard stay in their order.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="order">Receives the indices of the steps.</param>
    /// <param name="begins">Receives, for each shard, where the steps of its streams begin; and then their number.</param>
    private void Group(ReadOnlySpan<TKey> keys, int[] order, Span<int> begins)
    {
        int[] shards = ArrayPool<int>.Shared.Rent(keys.Length);
        begins.Clear();
        for (int step = 0; step < keys.Length; step++)
        {
            shards[step] = ShardIndexOf(keys[step]);
            begins[shards[step]]++;
        }

        for (int shard = 1; shard < begins.Length; shard++)
        {
            begins[shard] += begins[shard - 1];
        }

        // These are ends so far. Each goes down to the begin as its steps are put before it.
        for (int step = keys.Length - 1; step >= 0; step--)
        {
            order[--begins[shards[step]]] = step;
        }

        ArrayPool<int>.Shared.Return(shards);
    }
}
