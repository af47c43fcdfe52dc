using System.Runtime.CompilerServices;

namespace RnnGen.Training;

/// <summary>Reads and checks windows. All data come in here, so that every error has the number of its window.</summary>
internal sealed class DataChecks<TInput, TTarget>(IRnnModel<TInput, TTarget> model)
{
    // What was checked of a data set. Weak, because a trainer does not keep data alive.
    private readonly ConditionalWeakTable<Dataset<TInput, TTarget>, object> _checked = [];

    /// <summary>Reads a window and checks that it fits the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The data.</param>
    /// <param name="window">The index of the window.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="targets">Its targets.</param>
    /// <param name="numbers">What is checked of its numbers; null for nothing.</param>
    /// <param name="of">What stands behind the number in errors.</param>
    /// <exception cref="ArgumentException">The window does not fit the model, or its data set threw this exception.</exception>
    public static void Read(
        IRnnModel<TInput, TTarget> model,
        Dataset<TInput, TTarget> data,
        int window,
        out ReadOnlySpan<TInput> inputs,
        out ReadOnlySpan<TTarget> targets,
        NumberChecks<TInput, TTarget>? numbers = null,
        string of = "")
    {
        try
        {
            data.Shape?.Check(model);
            inputs = data.Inputs(window);
            targets = data.Targets(window);
            WindowCheck.Check(model, inputs, targets);
            numbers?.Check(inputs, targets);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"Window {window}{of}: {exception.Message}", exception);
        }
        catch (Exception exception)
        {
            // Of a type that only its data set knows.
            exception.Data["Window"] = window;
            throw;
        }
    }

    /// <summary>Checks all windows of a data set, unless that was done.</summary>
    /// <param name="data">The data.</param>
    /// <param name="check">What is checked.</param>
    /// <param name="of">What stands behind the number of a window in errors.</param>
    /// <exception cref="ArgumentException">A window does not fit the model, or all targets are ignored.</exception>
    public void Check(Dataset<TInput, TTarget> data, DataCheck check, string of = "")
    {
        bool isChecked = _checked.TryGetValue(data, out object? done) && (check == DataCheck.Windows || check.Equals(done));
        if (check == DataCheck.None || isChecked)
        {
            return;
        }

        var numbers = new NumberChecks<TInput, TTarget>(model, check == DataCheck.Finite);
        for (int window = 0; window < data.Count; window++)
        {
            Read(model, data, window, out _, out _, numbers, of);
        }

        if (!numbers.HasTargets)
        {
            throw new ArgumentException($"No window{of} has a target: all of them are ignored (negative classes, or NaN).");
        }

        _checked.AddOrUpdate(data, check);
    }
}
