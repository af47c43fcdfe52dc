using System.ComponentModel;
using System.Globalization;
using RnnGen.Checkpoints;

namespace RnnGen.CompilerServices;

/// <summary>The checks of a model with <see cref="NonFinite.Throw"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FiniteInputs
{
    /// <summary>Checks the inputs of a step.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    public static void OfStep(ReadOnlySpan<float> inputs)
    {
        if (NonFiniteValues.Find(inputs) is int at and >= 0)
        {
            Throw(at, inputs[at], "");
        }
    }

    /// <summary>Checks the inputs of a step of several lanes.</summary>
    /// <param name="inputs">The inputs, lane by lane.</param>
    /// <param name="width">Inputs per lane.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    public static void OfLanes(ReadOnlySpan<float> inputs, int width)
    {
        if (NonFiniteValues.Find(inputs) is int at and >= 0)
        {
            Throw(at, inputs[at], $" (lane {at / width}, input {at % width})");
        }
    }

    /// <summary>Checks a window.</summary>
    /// <param name="inputs">The inputs, step by step.</param>
    /// <param name="width">Inputs per step.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not finite.</exception>
    public static void OfWindow(ReadOnlySpan<float> inputs, int width)
    {
        if (NonFiniteValues.Find(inputs) is int at and >= 0)
        {
            Throw(at, inputs[at], $" (step {at / width}, input {at % width})");
        }
    }

    /// <summary>Checks windows of equal length.</summary>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="width">Inputs per step.</param>
    /// <param name="steps">Steps of each window.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input is not finite.</exception>
    public static void OfWindows(ReadOnlySpan<float> inputs, int width, int steps)
    {
        if (NonFiniteValues.Find(inputs) is int at and >= 0)
        {
            Throw(at, inputs[at], $" (lane {at / width / steps}, step {at / width % steps}, input {at % width})");
        }
    }

    /// <summary>Checks windows of different lengths.</summary>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="width">Inputs per step.</param>
    /// <param name="lengths">Steps of each window.</param>
    /// <exception cref="ArgumentOutOfRangeException">An input is not finite.</exception>
    public static void OfWindows(ReadOnlySpan<float> inputs, int width, ReadOnlySpan<int> lengths)
    {
        if (NonFiniteValues.Find(inputs) is int at and >= 0)
        {
            int lane = 0;
            int step = at / width;
            for (; step >= lengths[lane]; lane++)
            {
                step -= lengths[lane];
            }

            Throw(at, inputs[at], $" (lane {lane}, step {step}, input {at % width})");
        }
    }

    private static void Throw(int at, float value, string place) => throw new ArgumentOutOfRangeException(
        "inputs", value, $"Inputs must be finite (NonFinite.Throw): inputs[{at}]{place} is {value.ToString(CultureInfo.InvariantCulture)}.");
}
