using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>One of the two parts of a step, as generated code computes them.</summary>
/// <param name="weights">The first float of the weights.</param>
/// <param name="now">The first float of the stream's states before the step.</param>
/// <param name="next">The first float of its states after the step.</param>
/// <param name="work">The first float of its scratch memory, which has the inputs.</param>
/// <param name="token">The token, of a model that reads tokens.</param>
/// <param name="part">0 or 1: which of the parts.</param>
/// <param name="partner">Where the threads that compute them meet.</param>
[CLSCompliant(false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PartOfStep(ref float weights, ref float now, ref float next, ref float work, nuint token, nuint part, StepPartner partner);

/// <summary>
/// A thread that computes one of the two parts of a step while the caller computes the other one. The threads hand over to each other by counts that each of them only reads or only writes: waking a
/// thread would take longer than a step. A partner that had nothing to do for <see cref="ParallelSteps.SpinTime"/> sleeps until steps come again; those that find no partner awake are computed by
/// the caller alone, with the same result.
/// </summary>
[CLSCompliant(false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StepPartner
{
    // The partner may read the clock seldom, but must not be late for a step: some 2 us.
    private const int TurnsPerLook = 64;

    // If a part takes so much longer than the other one, its thread has lost its processor, maybe to this one.
    private const int TurnsBeforeYield = 20_000;

    // One for every second processor: the callers need the others. None where there is nothing to gain, or no threads.
    private static readonly StepPartner[] All = Create(OperatingSystem.IsBrowser() ? 0 : Environment.ProcessorCount / 2);

    private readonly AutoResetEvent _isNeeded = new(false);
    private Turns _turns;
    private Work _work;
    private long _lastWish = long.MinValue / 2;
    private bool _isStarted;

    private StepPartner()
    {
    }

    /// <summary>Whether it sleeps, and has nothing of a step.</summary>
    internal bool IsAsleep => Volatile.Read(ref _turns.Condition) == (int)Condition.Asleep;

    private enum Condition
    {
        Asleep,
        Waking,
        Awake,
        Taken,
    }

    /// <summary>A partner for one step, or null if none is awake.</summary>
    /// <returns>The partner, which <see cref="End"/> gives back.</returns>
    public static StepPartner? Take() => Take(All);

    /// <summary>Lets the partner begin with its part of a step. The caller computes the other one, and both call <see cref="Meet"/> equally often.</summary>
    /// <param name="part">Computes a part.</param>
    /// <param name="weights">The first float of the weights, like all others in memory that does not move.</param>
    /// <param name="now">The first float of the states before the step.</param>
    /// <param name="next">The first float of the states after the step.</param>
    /// <param name="work">The first float of the scratch memory.</param>
    /// <param name="token">The token.</param>
    public void Begin(PartOfStep part, ref float weights, ref float now, ref float next, ref float work, nuint token)
    {
        _work = new Work(part, AddressOf(ref weights), AddressOf(ref now), AddressOf(ref next), AddressOf(ref work), token);
        Volatile.Write(ref _turns.Caller, _turns.Caller + 1);
    }

    /// <summary>Waits until the other part is as far as this one, so that each may read what the other one has written.</summary>
    /// <param name="part">Which of the parts is here.</param>
    public void Meet(nuint part)
    {
        ref long mine = ref part == 0 ? ref _turns.Caller : ref _turns.Partner;
        ref long other = ref part == 0 ? ref _turns.Partner : ref _turns.Caller;
        long turn = mine + 1;
        Volatile.Write(ref mine, turn);
        for (int k = 0; Volatile.Read(ref other) < turn; k++)
        {
            Pause();
            if (k > TurnsBeforeYield)
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>Gives the partner back after the last meeting of a step. All that the step has read and written is alive until here.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="now">The states before the step.</param>
    /// <param name="next">The states after the step.</param>
    /// <param name="work">The scratch memory.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void End(ref float weights, ref float now, ref float next, ref float work) => Volatile.Write(ref _turns.Condition, (int)Condition.Awake);

    /// <summary>The same, of some partners.</summary>
    internal static StepPartner? Take(StepPartner[] partners)
    {
        foreach (StepPartner partner in partners)
        {
            if (partner.Becomes(Condition.Taken, from: Condition.Awake))
            {
                return partner;
            }
        }

        WakeOne(partners);
        return null;
    }

    /// <summary>Partners that are asleep.</summary>
    internal static StepPartner[] Create(int count)
    {
        var partners = new StepPartner[count];
        for (int k = 0; k < count; k++)
        {
            partners[k] = new StepPartner();
        }

        return partners;
    }

    /// <summary>
    /// Wakes a partner where steps come so often that it would not fall asleep between them. One at a time: until it is awake, its stream takes more steps, which need no others. One that is
    /// awake by now is for the next step.
    /// </summary>
    private static void WakeOne(StepPartner[] partners)
    {
        foreach (StepPartner partner in partners)
        {
            switch ((Condition)Volatile.Read(ref partner._turns.Condition))
            {
                case Condition.Waking or Condition.Awake:
                    return;
                case Condition.Asleep:
                    long now = Stopwatch.GetTimestamp();

                    // As a number without a sign: another thread may have wished for it after this one has read the clock.
                    bool comeOften = (ulong)(now - partner._lastWish) < (ulong)ParallelSteps.SpinTicks;
                    partner._lastWish = now;
                    if (comeOften && partner.Becomes(Condition.Waking, from: Condition.Asleep))
                    {
                        partner.Wake();
                    }

                    return;
            }
        }
    }

    private static unsafe nint AddressOf(ref float origin) => (nint)Unsafe.AsPointer(ref origin);

    private static void Pause()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else if (ArmBase.IsSupported)
        {
            ArmBase.Yield();
        }
    }

    private bool Becomes(Condition condition, Condition from) =>
        Volatile.Read(ref _turns.Condition) == (int)from && Interlocked.CompareExchange(ref _turns.Condition, (int)condition, (int)from) == (int)from;

    private void Wake()
    {
        if (_isStarted)
        {
            _isNeeded.Set();
            return;
        }

        _isStarted = true;
        try
        {
            new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "RnnGen step partner" }.UnsafeStart();
        }
        catch (OutOfMemoryException)
        {
            // The process may have no more threads. It stays what it is, waking, and all steps are computed by their callers.
        }
    }

    private void Run()
    {
        while (true)
        {
            Volatile.Write(ref _turns.Condition, (int)Condition.Awake);
            while (WaitForStep())
            {
                _turns.Partner++;
                _work.ComputeSecondPart(this);
            }

            _isNeeded.WaitOne();
        }
    }

    /// <summary>Waits for the caller to begin.</summary>
    /// <returns>Whether it did; otherwise the partner is asleep, and nobody can take it.</returns>
    private bool WaitForStep()
    {
        long start = Stopwatch.GetTimestamp();
        for (int k = 1; Volatile.Read(ref _turns.Caller) == _turns.Partner; k++)
        {
            Pause();
            if (k % TurnsPerLook == 0 && Stopwatch.GetTimestamp() - start > ParallelSteps.SpinTicks)
            {
                if (Becomes(Condition.Taken, from: Condition.Awake))
                {
                    // What it remembers would keep the model's assembly alive.
                    _work = default;
                    Volatile.Write(ref _turns.Condition, (int)Condition.Asleep);
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>What is written by one thread alone has a cache line of its own, or two: processors fetch them in pairs.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 4 * Line)]
    private struct Turns
    {
        private const int Line = 128;

        [FieldOffset(Line)]
        public long Caller;

        [FieldOffset(2 * Line)]
        public long Partner;

        [FieldOffset(3 * Line)]
        public int Condition;
    }

    /// <summary>The step at hand.</summary>
    private readonly record struct Work(PartOfStep Part, nint Weights, nint Now, nint Next, nint Scratch, nuint Token)
    {
        public void ComputeSecondPart(StepPartner partner) =>
            Part(ref AlignedBuffer.At(Weights), ref AlignedBuffer.At(Now), ref AlignedBuffer.At(Next), ref AlignedBuffer.At(Scratch), Token, 1, partner);
    }
}
