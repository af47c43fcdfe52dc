/// <summary>What the watcher gets of a frame: all that the retina saw in its windows, then their colors.</summary>
internal static class Views
{
    /// <summary>What the retina makes of a window.</summary>
    public const int Features = 24;

    /// <summary>Numbers per frame.</summary>
    public const int Size = Seen + Colors;

    private const int Seen = Windows.Count * Features;
    private const int Colors = Windows.Count * Windows.Glance;

    /// <summary>Puts what was seen and the colors together, frame by frame.</summary>
    public static void Join(ReadOnlySpan<float> seen, ReadOnlySpan<float> colors, Span<float> views)
    {
        while (!views.IsEmpty)
        {
            seen[..Seen].CopyTo(views);
            colors[..Colors].CopyTo(views[Seen..]);
            views = views[Size..];
            seen = seen[Seen..];
            colors = colors[Colors..];
        }
    }

    /// <summary>The way back: the gradients of what was seen, out of those of the views.</summary>
    public static void Split(ReadOnlySpan<float> views, Span<float> seen)
    {
        while (!views.IsEmpty)
        {
            views[..Seen].CopyTo(seen);
            views = views[Size..];
            seen = seen[Seen..];
        }
    }
}
