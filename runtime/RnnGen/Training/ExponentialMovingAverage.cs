using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// An exponential moving average of a model's weights (Polyak and Juditsky 1992), which often generalizes better than the last weights:
/// <c>average = decay · average + (1 - decay) · weights</c>, as PyTorch's <c>AveragedModel</c> with <c>get_ema_multi_avg_fn</c>.
/// </summary>
public sealed class ExponentialMovingAverage
{
    private readonly ModelWeights _weights;
    private readonly AlignedBuffer _average;
    private readonly float _decay;

    /// <summary>Creates an average that starts with the current weights of a model.</summary>
    /// <param name="model">The model in training.</param>
    /// <param name="decay">The share of the average that every update keeps, at least 0 and less than 1. 0.999 by default.</param>
    /// <exception cref="ArgumentException">The decay is out of range, or a weight of the model is not finite or above 1e38.</exception>
    public ExponentialMovingAverage(IRnnModel model, float decay = 0.999f)
        : this((model ?? throw new ArgumentNullException(nameof(model))).Weights, OptimizerSettings.Fraction(decay, nameof(decay)))
    {
        if (!_weights.AreBounded)
        {
            throw new ArgumentException("Expected finite weights of at most 1e38, found one that is not.", nameof(model));
        }
    }

    internal ExponentialMovingAverage(ModelWeights weights, float decay)
    {
        _weights = weights;
        _decay = decay;
        _average = new AlignedBuffer(weights.Values.Length);
        weights.Values.CopyTo(_average.Span);
    }

    /// <summary>The share of the average that every update keeps.</summary>
    internal float Decay => _decay;

    /// <summary>The average, packed like the weights.</summary>
    internal Span<float> Values => _average.Span;

    /// <summary>
    /// Includes the current weights in the average. Call it once after every update of the model; a trainer does so for its <c>Average</c>.
    /// If a weight is not finite or above 1e38, this does nothing, so that the average stays finite. Allocates nothing.
    /// </summary>
    public void Update()
    {
        if (_weights.AreBounded)
        {
            Add();
        }
    }

    internal bool IsOf(ModelWeights weights) => _weights == weights;

    /// <summary>Sets the weights of a model, such as a clone of the one in training, to the average.</summary>
    /// <param name="model">A model of the same class.</param>
    /// <exception cref="ArgumentException">The model is of another class.</exception>
    public void CopyTo(IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Weights.Model != _weights.Model || model.Weights.Values.Length != _average.Length)
        {
            throw new ArgumentException($"Expected a model of class '{_weights.Model}', found '{model.Weights.Model}'.", nameof(model));
        }

        _average.Span.CopyTo(model.Weights.MutableValues);
        model.Weights.Changed();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add()
    {
        var keep = new Vector<float>(_decay);
        var add = new Vector<float>(1 - _decay);
        ref float average = ref _average.Origin;
        ref float weights = ref _weights.Origin;
        for (nuint k = 0; k < (nuint)_average.Length; k += (nuint)Vector<float>.Count)
        {
            Vector.StoreUnsafe((Vector.LoadUnsafe(ref average, k) * keep) + (Vector.LoadUnsafe(ref weights, k) * add), ref average, k);
        }
    }
}
