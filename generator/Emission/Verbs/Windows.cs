namespace RnnGen.Generator.Emission.Verbs;

/// <summary>The windows that a verb takes.</summary>
internal enum Windows
{
    /// <summary>One window.</summary>
    Single,

    /// <summary>One per lane of a batch, all of the same length.</summary>
    Equal,

    /// <summary>One per lane, of different lengths.</summary>
    Different,
}

/// <summary>What the documentation says about them.</summary>
internal static class WindowsText
{
    public static string Subject(this Windows windows) => windows switch
    {
        Windows.Single => "a window",
        Windows.Equal => "windows of equal length, one per lane",
        _ => "windows of different lengths, one per lane",
    };

    public static string Continues(this Windows windows) => windows switch
    {
        Windows.Single => "Continues from the current state; reset it to start a new sequence.",
        Windows.Equal => "Continues from the current states; reset them to start new sequences.",
        _ => "Each lane continues from its current state, to the end of its window.",
    };
}
