namespace RnnGen.Generator.Emission.Verbs;

/// <summary>What a verb that takes whole windows takes.</summary>
internal enum Windows
{
    /// <summary>One window.</summary>
    Single,

    /// <summary>One per lane of a batch, all of the same length.</summary>
    Equal,

    /// <summary>One per lane, of different lengths.</summary>
    Different,
}

/// <summary>What documentation says of them.</summary>
internal static class WindowsText
{
    public static string Subject(this Windows windows) => windows switch
    {
        Windows.Single => "A window",
        Windows.Equal => "Windows of equal length, one per lane",
        _ => "Windows of different lengths, one per lane",
    };

    public static string Goes(this Windows windows) => windows switch
    {
        Windows.Single => "The state goes on from where it is; reset it to start a new sequence.",
        Windows.Equal => "The states go on from where they are; reset them to start new sequences.",
        _ => "The states go on from where they are, each to the end of its window.",
    };
}
