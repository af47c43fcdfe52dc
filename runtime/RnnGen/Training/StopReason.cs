namespace RnnGen;

/// <summary>Why <c>Fit</c> stopped.</summary>
public enum StopReason
{
    /// <summary>All updates are done. If they were done before the call, it did nothing, and <see cref="FitResult.Advice"/> says so.</summary>
    Completed,

    /// <summary>Validation stopped improving: <see cref="FitOptions.Patience"/> ran out (early stopping).</summary>
    NoImprovement,

    /// <summary>Cancellation was requested.</summary>
    Cancelled,

    /// <summary>
    /// Every update was skipped because something was not finite: at least 100 in a row, and enough of them to see every window once, or all updates of
    /// the call. Each call starts counting at 0, also after <c>Resume</c>.
    /// </summary>
    NotFinite,

    /// <summary>An <see cref="IFitCallback"/> asked for it.</summary>
    Stopped,
}
