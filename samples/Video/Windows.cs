/// <summary>Cuts frames into windows of 4x4 pixels, each two pixels from the next.</summary>
internal static class Windows
{
    public const int Size = 3 * Side * Side;
    public const int Count = Across * Across;

    /// <summary>What the eye makes of each window.</summary>
    public const int Features = 48;

    private const int Side = 6;
    private const int Stride = 2;
    private const int Across = ((Clips.Side - Side) / Stride) + 1;

    /// <summary>Cuts a clip.</summary>
    /// <param name="frames">[frames, rows, columns, red green blue].</param>
    /// <param name="windows">[frames, windows, rows, columns, red green blue].</param>
    public static void Cut(ReadOnlySpan<float> frames, Span<float> windows)
    {
        const int Row = 3 * Side;
        for (int at = 0; at < frames.Length; at += Clips.FrameSize)
        {
            for (int window = 0; window < Count; window++)
            {
                int corner = at + (3 * Stride * ((window / Across * Clips.Side) + (window % Across)));
                for (int row = 0; row < Side; row++)
                {
                    frames.Slice(corner + (3 * Clips.Side * row), Row).CopyTo(windows);
                    windows = windows[Row..];
                }
            }
        }
    }
}
