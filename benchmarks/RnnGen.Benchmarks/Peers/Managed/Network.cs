namespace RnnGen.Benchmarks;

/// <summary>Recurrent layers and perhaps a dense one, step by step, without allocation.</summary>
internal abstract class Network
{
    private readonly Shape _shape;
    private readonly List<float[][]> _layers = [];
    private readonly float[] _denseWeights = [];
    private readonly float[] _denseBias = [];
    private readonly float[] _fromInput;
    private readonly float[] _fromState;

    protected Network(Shape shape, float[] weights)
    {
        _shape = shape;
        int at = 0;
        float[] Take(int count) => weights[at..(at += count)];
        int rows = shape.Gates * shape.Hidden;
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            _layers.Add([Take(rows * shape.Input), Take(rows * shape.Hidden), Take(rows), Take(rows)]);
        }

        if (shape.Output > 0)
        {
            _denseWeights = Take(shape.Output * shape.Hidden);
            _denseBias = Take(shape.Output);
        }

        _fromInput = new float[rows];
        _fromState = new float[rows];
    }

    /// <summary>Per layer h and c.</summary>
    public float[][] CreateState() => [.. Enumerable.Range(0, 2 * _shape.Layers).Select(_ => new float[_shape.Hidden])];

    public void Step(ReadOnlySpan<float> inputs, float[][] state, Span<float> outputs)
    {
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            float[][] w = _layers[layer];
            float[] h = state[2 * layer];
            MultiplyAdd(w[0], inputs, w[2], _fromInput);
            MultiplyAdd(w[1], h, w[3], _fromState);
            switch (_shape.Cell)
            {
                case Cell.Rnn:
                    Rnn(_fromInput, _fromState, h);
                    break;
                case Cell.Lstm:
                    Lstm(_fromInput, _fromState, h, state[(2 * layer) + 1]);
                    break;
                default:
                    Gru(_fromInput, _fromState, h);
                    break;
            }

            inputs = h;
        }

        if (_shape.Output > 0)
        {
            MultiplyAdd(_denseWeights, inputs, _denseBias, outputs);
        }
        else
        {
            inputs.CopyTo(outputs);
        }
    }

    /// <summary>sums = W x + b, W row by row.</summary>
    protected abstract void MultiplyAdd(float[] weights, ReadOnlySpan<float> x, float[] bias, Span<float> sums);

    protected abstract void Rnn(float[] a, float[] b, float[] h);

    protected abstract void Lstm(float[] a, float[] b, float[] h, float[] c);

    protected abstract void Gru(float[] a, float[] b, float[] h);
}
