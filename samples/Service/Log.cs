/// <summary>What the service writes to its log. The texts are compiled; an event that is switched off costs nothing.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "There is no {path}: a detector is trained, which takes some seconds")]
    public static partial void Training(this ILogger log, string path);

    [LoggerMessage(2, LogLevel.Information, "{live} streams go on, {resting} rest")]
    public static partial void Restored(this ILogger log, int live, int resting);

    [LoggerMessage(3, LogLevel.Warning, "Silent streams stay live: {reason}")]
    public static partial void NoRest(this ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Error, "The streams were not saved: {reason}")]
    public static partial void NotSaved(this ILogger log, string reason);

    [LoggerMessage(5, LogLevel.Information, "{live} live and {resting} resting streams are saved")]
    public static partial void Saved(this ILogger log, int live, int resting);

    [LoggerMessage(6, LogLevel.Information, "Alarm: {key}, score {score}")]
    public static partial void Alarm(this ILogger log, string key, float score);
}
