using RnnGen;

/// <summary>Turns a clip into what the watcher reads: the retina looks through each window, and the colors go beside it.</summary>
internal sealed class Sight(Retina retina)
{
    private readonly Retina.State _nothing = retina.CreateState();
    private readonly float[] _windows = new float[Windows.Size * Windows.Count * Clips.Longest];
    private readonly float[] _seen = new float[Views.Features * Windows.Count * Clips.Longest];
    private readonly float[] _colors = new float[Windows.Glance * Windows.Count * Clips.Longest];
    private readonly float[] _views = new float[Views.Size * Clips.Longest];

    /// <summary>Looks at a clip.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="tape">Records it for training; null for no training.</param>
    /// <returns>[frames, Views.Size], until the next call.</returns>
    public ReadOnlySpan<float> Look(Clip clip, Retina.Tape? tape = null)
    {
        int looks = Windows.Count * clip.Length;
        Windows.Cut(clip.Frames, _windows, _colors);
        ReadOnlySpan<float> windows = _windows.AsSpan(0, looks * Windows.Size);
        Span<float> seen = _seen.AsSpan(0, looks * Views.Features);
        if (tape is null)
        {
            retina.Forward(_nothing, windows, seen);
        }
        else
        {
            retina.Forward(_nothing, windows, seen, tape);
        }

        Span<float> views = _views.AsSpan(0, clip.Length * Views.Size);
        Views.Join(seen, _colors, views);
        return views;
    }

    /// <summary>The way back: adds the gradients of the retina for the clip that it looked at last.</summary>
    /// <param name="tape">What was recorded.</param>
    /// <param name="viewGradients">The gradients of what it returned.</param>
    public void Backward(Retina.Tape tape, ReadOnlySpan<float> viewGradients)
    {
        Span<float> gradients = _seen.AsSpan(0, viewGradients.Length / Views.Size * Windows.Count * Views.Features);
        Views.Split(viewGradients, gradients);
        retina.Backward(tape, gradients, finalStateGradients: null);
    }
}
