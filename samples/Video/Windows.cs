/// <summary>
/// Cuts frames into windows of 6x6 pixels, each two pixels from the next. As eyes do, it looks sharply at brightness alone, and at colors at a glance.
/// </summary>
internal static class Windows
{
    /// <summary>The brightness of each pixel of a window.</summary>
    public const int Size = Side * Side;

    /// <summary>The color of a window's brightest pixel, and how bright it is on average.</summary>
    public const int Glance = 4;

    /// <summary>The windows of a frame.</summary>
    public const int Count = Across * Across;

    private const int Side = 6;
    private const int Stride = 2;
    private const int Across = ((Clips.Side - Side) / Stride) + 1;

    /// <summary>Cuts a clip.</summary>
    /// <param name="frames">[frames, rows, columns, red green blue].</param>
    /// <param name="windows">Receives the brightness: [frames, windows, rows, columns].</param>
    /// <param name="colors">Receives the color of the brightest pixel: [frames, windows, red green blue].</param>
    public static void Cut(ReadOnlySpan<float> frames, Span<float> windows, Span<float> colors)
    {
        for (; !frames.IsEmpty; frames = frames[Clips.FrameSize..])
        {
            for (int window = 0; window < Count; window++)
            {
                float brightest = -1;
                float sum = 0;
                for (int pixel = 0; pixel < Size; pixel++)
                {
                    int row = (Stride * (window / Across)) + (pixel / Side);
                    int column = (Stride * (window % Across)) + (pixel % Side);
                    ReadOnlySpan<float> light = frames.Slice(3 * ((row * Clips.Side) + column), 3);
                    windows[pixel] = Math.Max(light[0], Math.Max(light[1], light[2]));
                    sum += windows[pixel];
                    if (windows[pixel] > brightest)
                    {
                        brightest = windows[pixel];
                        light.CopyTo(colors);
                    }
                }

                windows = windows[Size..];
                colors[3] = sum / Size;
                colors = colors[Glance..];
            }
        }
    }
}
