using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Checkpoints;
using RnnGen.CompilerServices;

namespace RnnGen.Training;

/// <summary>What is checked of the numbers of a window before a training, beyond what every pass checks.</summary>
/// <param name="model">The model.</param>
/// <param name="isFinite">Whether inputs must be finite, and targets not infinite. The targets of yes-or-no outputs must be in 0 .. 1 in any case.</param>
internal sealed class NumberChecks<TInput, TTarget>(IRnnModel<TInput, TTarget> model, bool isFinite)
{
    private readonly ModelHead[] _heads = ModelHead.AllOf(model);

    /// <summary>Whether one of the windows so far has a target that is not ignored.</summary>
    public bool HasTargets { get; private set; }

    /// <summary>Checks a window that fits the model.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="targets">The targets.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public void Check(ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        int width = model.GetInputLength(steps: 1);
        if (isFinite && typeof(TInput) == typeof(float))
        {
            CheckInputs(Numbers(inputs), width);
        }

        int steps = inputs.Length / width;
        if (typeof(TTarget) == typeof(float))
        {
            CheckTargets(_heads[0], Numbers(targets), steps);
        }
        else if (typeof(TTarget) == typeof(int))
        {
            LookFor(_heads[0], MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TTarget, int>(ref MemoryMarshal.GetReference(targets)), targets.Length));
        }
        else if (targets[0] is IWindowTargets several)
        {
            foreach (ModelHead head in _heads)
            {
                CheckTargets(head, several.Numbers(head.Index), steps);
                LookFor(head, several.Classes(head.Index));
            }
        }
    }

    private static void CheckInputs(ReadOnlySpan<float> inputs, int width)
    {
        if (NonFiniteValues.Find(inputs) is int at and >= 0)
        {
            throw Wrong("inputs that are finite", inputs[at], at / width, at % width, nameof(inputs));
        }
    }

    /// <summary>Looks for a class that is not ignored. Labels never are, and a window without labels is one of blanks.</summary>
    private void LookFor(ModelHead head, ReadOnlySpan<int> classes) =>
        HasTargets = HasTargets || head.Layer.Declaration is CtcAttribute || classes.ContainsAnyInRange(0, int.MaxValue);

    private void CheckTargets(ModelHead head, ReadOnlySpan<float> targets, int steps)
    {
        for (int k = 0; !HasTargets && k < targets.Length; k++)
        {
            HasTargets = !float.IsNaN(targets[k]);
        }

        // Targets from here on are those of yes-or-no outputs.
        int firstYesOrNo = head.Layer.Declaration switch
        {
            SigmoidAttribute => 0,
            MixtureAttribute mixture => mixture.Dimensions,
            _ => int.MaxValue,
        };
        if (!isFinite && firstYesOrNo == int.MaxValue)
        {
            return;
        }

        int width = targets.Length / head.Rows(steps);
        for (int k = 0; k < targets.Length; k++)
        {
            bool isYesOrNo = k % width >= firstYesOrNo;
            if (isYesOrNo ? targets[k] is < 0 or > 1 : isFinite && float.IsInfinity(targets[k]))
            {
                string of = _heads.Length > 1 ? $" of '{head.Layer.Name}'" : "";
                throw Wrong($"targets{of} that are {(isYesOrNo ? "in 0 .. 1" : "finite")}, or NaN to be ignored", targets[k], k / width, k % width, nameof(targets));
            }
        }
    }

    private static ArgumentException Wrong(string expected, float found, int step, int number, string argument) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Expected {expected}, found {found} at step {step}, number {number}."), argument);

    private static ReadOnlySpan<float> Numbers<T>(ReadOnlySpan<T> values) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(values)), values.Length);
}
