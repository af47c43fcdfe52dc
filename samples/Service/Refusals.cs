/// <summary>What is refused, as problem details (RFC 9457).</summary>
public static class Refusals
{
    /// <summary>Not a key.</summary>
    public static IResult Key { get; } = Of(400, $"A key has 1 to {Keys.Longest} letters, digits, '-', '_' and '.'.");

    /// <summary>Not a reading.</summary>
    public static IResult Reading { get; } = Of(400, $"A reading is {Detector.InputSize} finite numbers.");

    /// <summary>Not a window.</summary>
    public static IResult Window { get; } = Of(400, $"A window is 1 to {Detector.SequenceLength} readings of {Detector.InputSize} finite numbers.");

    /// <summary>No such stream.</summary>
    public static IResult Unknown { get; } = Of(404, "There is no such stream.");

    /// <summary>Another one sends.</summary>
    public static IResult Busy { get; } = Of(409, "Another connection sends to this stream.");

    /// <summary>From a page of another origin.</summary>
    public static IResult Origin { get; } = Of(403, "Pages of this origin may not call.");

    /// <summary>From another machine.</summary>
    public static IResult Remote { get; } = Of(403, "Weights are only taken from this machine.");

    /// <summary>The state would not be finite.</summary>
    public static IResult NotFinite { get; } = Of(422, "The reading would spoil the state; it changed nothing.");

    /// <summary>No room.</summary>
    public static IResult Full { get; } = new Later(Of(503, "As many streams are live as there is room for. Try again later."));

    /// <summary>A refusal with a text of its own.</summary>
    public static IResult Of(int status, string detail) => Results.Problem(detail, statusCode: status);

    private sealed class Later(IResult result) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.Headers.RetryAfter = "5";
            return result.ExecuteAsync(context);
        }
    }
}
