/// <summary>
/// Which pages may call. A browser lets any page open a socket to this machine, and says whose page it is; programs that are no browsers say nothing. The names by which the service may be
/// called are bounded, too, so that no other site gets its name to lead here.
/// </summary>
public static class Origins
{
    /// <summary>Adds the check.</summary>
    public static void Check(WebApplication app, ServiceOptions options) => app.Use((context, next) =>
    {
        string? origin = context.Request.Headers.Origin;
        return string.IsNullOrEmpty(origin) || origin == $"{context.Request.Scheme}://{context.Request.Host}" || options.Origins.Contains(origin)
            ? next(context)
            : Refusals.Origin.ExecuteAsync(context);
    });
}
