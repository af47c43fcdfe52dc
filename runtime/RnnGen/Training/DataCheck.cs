namespace RnnGen;

/// <summary>
/// What <c>Fit</c> checks of its data before the first update: all windows, once per data set and trainer. An error has the number of the window and the
/// step, and nothing is changed. Every window is also checked when it is drawn.
/// </summary>
public enum DataCheck
{
    /// <summary>
    /// Lengths; tokens, classes and labels in range; targets of yes-or-no outputs in 0 .. 1, or NaN; and that not all targets are ignored. Updates with inputs that
    /// are not finite are skipped (<c>SkippedUpdates</c>), and a validation with one has no loss.
    /// </summary>
    Windows,

    /// <summary>The same, and that no input is NaN or infinite, and no numeric target infinite. The default of <see cref="FitOptions.CheckData"/>.</summary>
    Finite,

    /// <summary>Nothing: for data sets whose windows are slow to read, or different each time.</summary>
    None,
}
