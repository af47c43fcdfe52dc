using RnnGen.CompilerServices;
using RnnGen.Training;

namespace RnnGen.Comparing;

/// <summary>What two models are compared on.</summary>
internal abstract class ComparedData<TInput>
{
    /// <summary>Number of windows.</summary>
    public abstract int Count { get; }

    /// <summary>Whether a window goes on from the last state of the one before it.</summary>
    public abstract bool IsStream { get; }

    /// <summary>The inputs of a window, which have been checked.</summary>
    public abstract ReadOnlySpan<TInput> Inputs(int window);

    /// <summary>Loss and hits of a model; null without targets.</summary>
    public virtual Score? Evaluate(IRnnModel<TInput> model) => null;
}

/// <summary>The windows of a data set.</summary>
internal sealed class ComparedWindows<TInput, TTarget>(Dataset<TInput, TTarget> data, bool isStream) : ComparedData<TInput>
{
    public override int Count => data.Count;

    public override bool IsStream => isStream;

    public override ReadOnlySpan<TInput> Inputs(int window) => data.Inputs(window);

    public override Score? Evaluate(IRnnModel<TInput> model)
    {
        var own = (IRnnModel<TInput, TTarget>)model;
        State state = own.CreateState();
        Score score = default;
        for (int window = 0; window < data.Count; window++)
        {
            DataChecks<TInput, TTarget>.Read(own, data, window, out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> targets);
            if (!isStream)
            {
                state.Reset();
            }

            score += own.Evaluate(state, inputs, targets);
        }

        return score;
    }
}

/// <summary>One sequence, in windows that both models take.</summary>
internal sealed class ComparedSequence<TInput> : ComparedData<TInput>
{
    private readonly TInput[] _inputs;
    private readonly int _length;

    private ComparedSequence(TInput[] inputs, int length) => (_inputs, _length) = (inputs, length);

    public override int Count => (_inputs.Length + _length - 1) / _length;

    public override bool IsStream => true;

    /// <summary>Checks the length of a sequence.</summary>
    /// <exception cref="ArgumentException">It is no whole number of steps, or too long.</exception>
    public static ComparedSequence<TInput> Of(IRnnModel<TInput> model, IRnnModel<TInput> narrow, ReadOnlySpan<TInput> inputs)
    {
        int longest = Math.Min(model.SequenceLength, narrow.SequenceLength);
        int size = model.GetInputLength(1);
        int most = model is IRnnStreamingModel<TInput> ? int.MaxValue / size : longest;
        Check.Steps(inputs.Length, size, most, nameof(inputs));
        return new ComparedSequence<TInput>(inputs.ToArray(), longest * size);
    }

    public override ReadOnlySpan<TInput> Inputs(int window) => _inputs.AsSpan(window * _length, Math.Min(_length, _inputs.Length - (window * _length)));
}
