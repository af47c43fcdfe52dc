namespace RnnGen.Benchmarks;

/// <summary>The largest errors so far, and where.</summary>
internal sealed class Error
{
    public double Absolute { get; private set; }

    public float AbsoluteAt { get; private set; }

    public double Relative { get; private set; }

    public float RelativeAt { get; private set; }

    public bool KeepsNaN { get; set; } = true;

    public bool IsInRange { get; set; } = true;

    public void AddAbsolute(double error, float x)
    {
        if (error > Absolute)
        {
            Absolute = error;
            AbsoluteAt = x;
        }
    }

    public void AddRelative(double error, float x)
    {
        if (error > Relative)
        {
            Relative = error;
            RelativeAt = x;
        }
    }

    public void Add(Error other)
    {
        AddAbsolute(other.Absolute, other.AbsoluteAt);
        AddRelative(other.Relative, other.RelativeAt);
        KeepsNaN &= other.KeepsNaN;
        IsInRange &= other.IsInRange;
    }
}
