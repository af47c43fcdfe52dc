using System.Globalization;

namespace RnnGen.Verification;

/// <summary>One comparison of a model with known outputs.</summary>
/// <typeparam name="TInput">The element type of the inputs.</typeparam>
internal sealed class Verification<TInput>
{
    private readonly IRnnModel<TInput> _model;
    private readonly float _tolerance;
    private readonly int _sequences;
    private readonly State? _initialState;

    public Verification(IRnnModel<TInput> model, float tolerance, int sequences, State? initialState)
    {
        if (!(tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be at least 0.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(sequences, 1);
        (_model, _tolerance, _sequences) = (model, tolerance, sequences);
        if (initialState is not null)
        {
            // A copy: reading a state by name is setting it.
            _initialState = model.CreateState();
            if (initialState.GetType() != _initialState.GetType())
            {
                throw new ArgumentException($"The state belongs to another model: expected {_initialState.GetType()}, found {initialState.GetType()}.", nameof(initialState));
            }

            _initialState.CopyFrom(initialState);
        }
    }

    public VerifyResult Run(ReadOnlySpan<TInput> inputs, ReadOnlySpan<float> expected)
    {
        int steps = StepsOf(inputs.Length);
        int inputLength = inputs.Length / _sequences;
        int outputLength = _model.GetOutputLength(steps);
        if (expected.Length != (long)outputLength * _sequences)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected a length of {(long)outputLength * _sequences}: {_sequences} sequences of {outputLength} outputs for {steps} steps, found {expected.Length}."), nameof(expected));
        }

        var outputs = new float[expected.Length];
        for (int k = 0; k < _sequences; k++)
        {
            Forward(inputs.Slice(k * inputLength, inputLength), steps, outputs.AsSpan(k * outputLength, outputLength));
        }

        int worst = Worst(outputs, expected);
        var result = new VerifyResult(_tolerance)
        {
            LargestDifference = Difference(outputs[worst], expected[worst]),
            Sequence = worst / outputLength,
            Step = outputLength == _model.OutputSize ? steps - 1 : StepOf(worst % outputLength, steps, out _),
            Output = outputLength == _model.OutputSize ? worst % outputLength : OutputOf(worst % outputLength, steps),
            Expected = expected[worst],
            Actual = outputs[worst],
        };
        return result.Passed || !ReferenceNetwork.Knows(_model) ? result : Diagnose(result, inputs, expected, outputs);
    }

    private VerifyResult Diagnose(VerifyResult result, ReadOnlySpan<TInput> inputs, ReadOnlySpan<float> expected, float[] outputs)
    {
        var reference = new ReferenceInputs<TInput>(_model.InputSize);
        var rows = new double[_sequences][][];
        var right = new double[_sequences][];
        var own = new double[_sequences][];
        for (int k = 0; k < _sequences; k++)
        {
            int inputLength = inputs.Length / _sequences;
            int outputLength = expected.Length / _sequences;
            rows[k] = reference.Rows(inputs.Slice(k * inputLength, inputLength));
            right[k] = Wide(expected.Slice(k * outputLength, outputLength));
            own[k] = Wide(outputs.AsSpan(k * outputLength, outputLength));
        }

        // What the search works on must be the model. A few steps are compared: with wrong weights, rounding may grow from step to step.
        ReferenceNetwork network = ReferenceNetwork.Of(_model);
        network = _initialState is null ? network : network.StartingFrom(_initialState);
        const double Rounding = 1e-2;
        const int Few = 4;
        bool isShort = network.IsCausal && rows[0].Length > Few && own[0].Length == rows[0].Length * _model.OutputSize && HeadSizes().Length == 1;
        double[][] first = isShort ? rows[0][..Few] : rows[0];
        if (!new Diagnosis([first], [own[0][..(isShort ? Few * _model.OutputSize : own[0].Length)]], Rounding).IsRight(network))
        {
            return result;
        }

        var search = new Diagnosis(rows, right, _tolerance);
        DataOrder? order = DataOrder.Of(rows, right, HeadSizes()).FirstOrDefault(order => new Diagnosis(order.Inputs, order.Outputs, _tolerance).IsRight(network));
        ConventionFinding[] findings = order is not null
            ? [new(order.Kind, null, order.Text)]
            : [.. search.Find(network).Select(change => new ConventionFinding(change.Kind, change.Scope, change.Text))];
        return new VerifyResult(_tolerance)
        {
            LargestDifference = result.LargestDifference,
            Sequence = result.Sequence,
            Step = result.Step,
            Output = result.Output,
            Expected = result.Expected,
            Actual = result.Actual,
            Findings = findings,
            Tries = search.Tries,
        };
    }

    private int StepsOf(int length)
    {
        int perStep = _model.GetInputLength(1);
        int steps = length / perStep / _sequences;
        if (steps < 1 || (long)steps * perStep * _sequences != length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected {_sequences} sequences of equal length: a multiple of {(long)perStep * _sequences}, found {length}."), "inputs");
        }

        if (steps > _model.SequenceLength && (_model is not IRnnStreamingModel<TInput> || _model.Layers.Count(layer => layer.Declaration is HeadAttribute) > 1))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The model needs whole windows, or has several heads: expected at most {_model.SequenceLength} steps, found {steps}."), "inputs");
        }

        return steps;
    }

    /// <summary>A sequence, window by window. If only the last step of a window has outputs, those of the last window are left.</summary>
    private void Forward(ReadOnlySpan<TInput> sequence, int steps, Span<float> outputs)
    {
        State state = _model.CreateState();
        if (_initialState is not null)
        {
            state.CopyFrom(_initialState);
        }

        for (int start = 0; start < steps; start += _model.SequenceLength)
        {
            int count = Math.Min(_model.SequenceLength, steps - start);
            int length = _model.GetOutputLength(count);
            int place = length < outputs.Length && outputs.Length > _model.OutputSize ? start * _model.OutputSize : 0;
            _model.Forward(state, sequence.Slice(_model.GetInputLength(start), _model.GetInputLength(count)), outputs.Slice(place, length));
        }
    }

    private static int Worst(ReadOnlySpan<float> outputs, ReadOnlySpan<float> expected)
    {
        int worst = 0;
        for (int k = 0; k < outputs.Length; k++)
        {
            float difference = Difference(outputs[k], expected[k]);
            if (float.IsNaN(difference))
            {
                return k;
            }

            worst = difference > Difference(outputs[worst], expected[worst]) ? k : worst;
        }

        return worst;
    }

    /// <summary>0 for equal infinities and for two NaN.</summary>
    private static float Difference(float actual, float expected) => actual.Equals(expected) ? 0 : Math.Abs(actual - expected);

    private int[] HeadSizes()
    {
        int[] sizes = [.. _model.Layers.Select(layer => layer.Declaration).OfType<HeadAttribute>().Select(head => head.Size)];
        return sizes.Length == 0 ? [_model.OutputSize] : sizes;
    }

    private int StepOf(int index, int steps, out int output)
    {
        int before = 0;
        foreach (int size in HeadSizes())
        {
            if (index < size * steps)
            {
                output = before + (index % size);
                return index / size;
            }

            index -= size * steps;
            before += size;
        }

        output = before;
        return steps - 1;
    }

    private int OutputOf(int index, int steps)
    {
        _ = StepOf(index, steps, out int output);
        return output;
    }

    private static double[] Wide(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int k = 0; k < wide.Length; k++)
        {
            wide[k] = values[k];
        }

        return wide;
    }
}
