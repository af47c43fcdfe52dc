using RnnGen.Checkpoints;

namespace RnnGen;

/// <summary>
/// A window of inputs and the outputs that a model gives for it, starting from its initial state. They travel in the model's file, and are compared when it
/// is loaded with <see cref="LoadOptions.CheckAnswers"/>: other weights, another order of gates, another class or another activation show.
/// </summary>
public sealed class KnownAnswers
{
    private const string InputsName = Checkpoint.AnswersPrefix + "inputs";
    private const string OutputsName = Checkpoint.AnswersPrefix + "outputs";
    private const string ToleranceName = Checkpoint.AnswersPrefix + "tolerance";

    private readonly float[]? _numbers;
    private readonly int[]? _tokens;
    private readonly float[]? _outputs;
    private readonly float _tolerance = 1e-4f;

    /// <summary>Makes answers of a model that reads numbers.</summary>
    /// <param name="inputs">The window, 1 to SequenceLength steps: [steps x InputSize].</param>
    public KnownAnswers(float[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _numbers = [.. inputs];
    }

    /// <summary>Makes answers of a model that reads tokens.</summary>
    /// <param name="inputs">The window, 1 to SequenceLength tokens.</param>
    public KnownAnswers(int[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _tokens = [.. inputs];
    }

    private KnownAnswers(float[]? numbers, int[]? tokens, ReadOnlyMemory<float> outputs, ReadOnlyMemory<float> tolerance)
    {
        _numbers = numbers;
        _tokens = tokens;
        _outputs = outputs.ToArray();
        _tolerance = tolerance.Span[0];
    }

    /// <summary>
    /// The outputs, as Forward gives them: [steps x OutputSize], or [OutputSize] where only the last step has outputs; with several heads, head after head.
    /// Null, the default, for those that the model gives when it is saved. Others, such as those of the program that trained the model, must agree with it.
    /// </summary>
    public float[]? Outputs
    {
        get => _outputs is null ? null : [.. _outputs];
        init => _outputs = value is null ? null : [.. value];
    }

    /// <summary>
    /// The largest difference that is none, 1e-4 unless it is set: absolute for outputs from -1 to 1, relative to the output beyond. The same weights give
    /// differences of some 1e-6 on machines with other vectors, and more over long windows.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float Tolerance
    {
        get => _tolerance;
        init => _tolerance = value is >= 0 and < float.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A tolerance is finite and not negative.");
    }

    /// <summary>The answers as tensors of a file, after they were compared with what the model gives.</summary>
    /// <exception cref="ArgumentException">The model does not read such a window, or gives other outputs.</exception>
    internal IEnumerable<TensorToWrite> ToTensors(IRnnModel model)
    {
        if (FindMisfit(model) is string misfit)
        {
            throw new ArgumentException(misfit, "options");
        }

        float[] given = Run(model);
        if (NonFiniteValues.Find(given) is int at and >= 0)
        {
            throw new ArgumentException($"Expected finite outputs as answers, found one that is not at {Place(model, at)}.", "options");
        }

        if (FindDifference(model, _outputs ?? given, given) is FormattableString difference)
        {
            throw new ArgumentException($"The model does not give these answers: {FormattableString.Invariant(difference)}", "options");
        }

        int steps = Steps(model);
        return
        [
            _tokens is null ? new TensorToWrite(InputsName, [steps, model.InputSize], _numbers!) : new TensorToWrite(InputsName, [steps], [.. _tokens.Select(token => (long)token)]),
            new TensorToWrite(OutputsName, [given.Length], _outputs ?? given),
            new TensorToWrite(ToleranceName, [1], [_tolerance]),
        ];
    }

    /// <summary>Compares the answers of a file with those of a model.</summary>
    /// <exception cref="CheckpointException">The file has none, or others.</exception>
    internal static void Check(TensorFile file, IRnnModel model)
    {
        FileTensor inputs = Find(InputsName);
        FileTensor outputs = Find(OutputsName);
        FileTensor tolerance = Find(ToleranceName);
        if (tolerance.Values.Length != 1 || !(tolerance.Values.Span[0] is >= 0 and < float.PositiveInfinity))
        {
            throw Wrong(tolerance, $"expected a tolerance.");
        }

        // Tokens are exact as floats up to 2^24, and those that are none are refused as such.
        float[] window = inputs.Values.ToArray();
        var answers = model is IRnnModel<int>
            ? new KnownAnswers(null, [.. window.Select(token => token is >= 0 and < 1 << 24 && float.IsInteger(token) ? (int)token : -1)], outputs.Values, tolerance.Values)
            : new KnownAnswers(window, null, outputs.Values, tolerance.Values);
        if (answers.FindMisfit(model) is string misfit)
        {
            throw Wrong(inputs, $"{misfit}");
        }

        if (answers.FindDifference(model, outputs.Values.Span, answers.Run(model)) is FormattableString difference)
        {
            throw Wrong(outputs, difference);
        }

        FileTensor Find(string name) => file.Find(name) is FileTensor tensor && Elements.SizeOf(tensor.ElementType) > 0
            ? tensor
            : throw new CheckpointException(CheckpointReason.Answers, file.Path, name, null, $"expected known answers to check the model with, found none. Save them with SaveOptions.Answers.");

        CheckpointException Wrong(FileTensor tensor, FormattableString problem) => new(CheckpointReason.Answers, file.Path, tensor.Name, tensor.Offset, problem);
    }

    private int Length => _tokens?.Length ?? _numbers!.Length;

    private int Steps(IRnnModel model) => Length / model.GetInputLength(1);

    /// <summary>Why a model cannot read the window or give the outputs; null if it can.</summary>
    private string? FindMisfit(IRnnModel model)
    {
        if (model is IRnnModel<int> != _tokens is not null)
        {
            return $"Expected {(_tokens is null ? "tokens" : "numbers")} as the window of the answers, found {(_tokens is null ? "numbers" : "tokens")}.";
        }

        int steps = Steps(model);
        if (steps < 1 || steps > model.SequenceLength || model.GetInputLength(steps) != Length)
        {
            return FormattableString.Invariant($"Expected a window of 1 to {model.SequenceLength} steps of {model.GetInputLength(1)} as that of the answers, found one of length {Length}.");
        }

        if (_tokens is not null && _tokens.Any(token => (uint)token >= (uint)model.InputSize))
        {
            return FormattableString.Invariant($"Expected tokens from 0 to {model.InputSize - 1} in the window of the answers, found others.");
        }

        int expected = model.GetOutputLength(steps);
        return _outputs is null || _outputs.Length == expected
            ? null
            : FormattableString.Invariant($"Expected {expected} outputs as the answers to {steps} steps, found {_outputs.Length}.");
    }

    private float[] Run(IRnnModel model)
    {
        var outputs = new float[model.GetOutputLength(Steps(model))];
        if (model is IRnnModel<int> tokens)
        {
            tokens.Forward(tokens.CreateState(), _tokens, outputs);
        }
        else
        {
            ((IRnnModel<float>)model).Forward(model.CreateState(), _numbers, outputs);
        }

        return outputs;
    }

    /// <summary>The first difference that is too large, and the largest one; null if there is none.</summary>
    private FormattableString? FindDifference(IRnnModel model, ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
    {
        int first = -1;
        double largest = 0;
        for (int k = 0; k < expected.Length; k++)
        {
            double difference = Math.Abs((double)found[k] - expected[k]) / Math.Max(1, Math.Abs(expected[k]));
            if (!(difference <= _tolerance))
            {
                first = first < 0 ? k : first;
                largest = Math.Max(largest, difference);
            }
        }

        return first < 0
            ? null
            : (FormattableString)$"expected {expected[first]} at {Place(model, first)}, found {found[first]}. The largest difference is {largest}, more than the tolerance of {_tolerance}.";
    }

    /// <summary>With several heads, the outputs of a head are behind those of the one before, and have no common step.</summary>
    private string Place(IRnnModel model, int output)
    {
        bool isOneHead = model is IRnnModel<float, float> or IRnnModel<float, int> or IRnnModel<int, float> or IRnnModel<int, int>;
        int steps = Steps(model);
        bool isPerStep = model.GetOutputLength(steps) == steps * model.OutputSize;
        return isOneHead
            ? FormattableString.Invariant($"step {(isPerStep ? output / model.OutputSize : steps - 1)}, output {output % model.OutputSize}")
            : FormattableString.Invariant($"output {output} of {model.GetOutputLength(steps)}");
    }
}
