using System.Diagnostics;
using System.Net.Sockets;
using Orleans.Runtime;

namespace RnnGen.Orleans;

/// <summary>
/// The client's side of a stream: numbers the steps, sends one after the other in the order of the calls, and repeats what fails because a silo or the storage does: each step is taken once. If a silo
/// dies with steps that were answered and not stored, it takes them again, from inputs that it keeps: the last <see cref="KeptInputs"/>.
/// <code>
/// var stream = client.GetRnnStream&lt;float&gt;("Sensor", "pump 7");
/// StreamAnswer answer = await stream.StepAsync([0.5f, 1]);
/// </code>
/// </summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public sealed class RnnStream<TInput>
{
    /// <summary>The most inputs that are kept until they are stored.</summary>
    public const int KeptInputs = 1000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IRnnStreamGrain<TInput> _grain;

    // The inputs of the last steps, as far as they are not stored.
    private readonly Queue<TInput[]> _kept = new();
    private Task _last = Task.CompletedTask;
    private long? _number;

    internal RnnStream(IRnnStreamGrain<TInput> grain)
    {
        _grain = grain;
    }

    /// <summary>How long a step is repeated while silos or the storage fail; half a minute by default. It should be longer than the cluster takes to notice a dead silo.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Takes the next step. Calls that do not wait for each other are taken in their order; if one fails, so do those that wait for it. After an exception it may have been taken: then
    /// repeat it with the same inputs, and get its answer. Other inputs are refused if it was.
    /// </summary>
    /// <param name="inputs">[InputSize], or one token. They are copied.</param>
    /// <param name="cancellationToken">Stops waiting, also for those that wait for this step.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="RnnStreamException">The step was refused.</exception>
    /// <exception cref="OrleansException">Silos have failed for longer than <see cref="RetryFor"/>.</exception>
    /// <exception cref="TimeoutException">Silos have not answered for longer than <see cref="RetryFor"/>.</exception>
    public Task<StreamAnswer> StepAsync(TInput[] inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var own = (TInput[])inputs.Clone();
        lock (_gate)
        {
            Task<StreamAnswer> step = StepAfter(_last, own, cancellationToken);
            _last = step;
            return step;
        }
    }

    /// <summary>Where the stream is: for a client that does not know which step was its last.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The position.</returns>
    /// <exception cref="RnnStreamException">The storage failed for longer than <see cref="RetryFor"/>, or what is stored is damaged.</exception>
    public Task<StreamPosition> GetPositionAsync(CancellationToken cancellationToken = default) => Try(_grain.GetPosition, cancellationToken);

    /// <summary>Ends the stream. A later step with its key begins a new one.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>When it has ended.</returns>
    /// <exception cref="RnnStreamException">The storage failed for longer than <see cref="RetryFor"/>.</exception>
    public Task EndAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return _last = EndAfter(_last, cancellationToken);
        }
    }

    private async Task<StreamAnswer> StepAfter(Task previous, TInput[] inputs, CancellationToken cancellationToken)
    {
        await InTurn(previous);
        _number ??= (await GetPositionAsync(cancellationToken)).Number;
        long number = _number.Value + 1;
        StreamAnswer answer = await Take(number, inputs, cancellationToken);
        _number = number;
        _kept.Enqueue(inputs);
        while (_kept.Count > Math.Min(number - answer.Stored, KeptInputs))
        {
            _kept.Dequeue();
        }

        return answer;
    }

    private async Task EndAfter(Task previous, CancellationToken cancellationToken)
    {
        await InTurn(previous);
        await Try(
            async () =>
            {
                await _grain.End();
                return true;
            },
            cancellationToken);
        _kept.Clear();
        _number = 0;
    }

    /// <summary>Whoever has seen an error may go on; a call that was made before that may not, or steps would be taken in another order.</summary>
    private static Task InTurn(Task previous) => previous.IsCompleted ? Task.CompletedTask : previous;

    /// <summary>Takes a step and, before it, those that the stream has lost.</summary>
    private async Task<StreamAnswer> Take(long number, TInput[] inputs, CancellationToken cancellationToken)
    {
        long first = number - _kept.Count;
        long next = number;
        int gaps = 0;
        while (true)
        {
            TInput[] ofNext = next == number ? inputs : _kept.ElementAt((int)(next - first));
            try
            {
                StreamAnswer answer = await Try(() => _grain.Step(next, ofNext), cancellationToken);
                if (next == number)
                {
                    return answer;
                }

                next++;
            }
            catch (RnnStreamException e) when (e.Error == RnnStreamError.Gap && e.Expected >= first && e.Expected < next && gaps++ < KeptInputs)
            {
                next = e.Expected;
            }
        }
    }

    private async Task<TResult> Try<TResult>(Func<Task<TResult>> call, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(20);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await call().WaitAsync(cancellationToken);
            }
            catch (Exception e) when (MayPass(e) && Stopwatch.GetElapsedTime(start) < RetryFor)
            {
                await Task.Delay(pause, cancellationToken);
                pause = pause < LongestPause ? 2 * pause : pause;
            }
        }
    }

    /// <summary>Whether the same call may succeed later: a silo, a connection or the storage failed.</summary>
    private static bool MayPass(Exception e) =>
        e is OrleansException or TimeoutException or IOException or SocketException or RnnStreamException { Error: RnnStreamError.Storage };
}
