/// <summary>What the service says to a reading.</summary>
/// <param name="Score">How likely it is that something is wrong, 0 .. 1.</param>
/// <param name="Version">The version of the weights that computed it.</param>
public readonly record struct Answer(float Score, int Version)
{
    /// <summary>The score from which on there is an alarm.</summary>
    public const float Limit = 0.9f;

    /// <summary>Whether there is an alarm.</summary>
    public bool Alarm => Score >= Limit;
}
