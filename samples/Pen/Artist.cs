using RnnGen;

/// <summary>Draws with a sketcher: each point that it draws is the next one that the sketcher sees.</summary>
internal sealed class Artist(Sketcher sketcher, int seed)
{
    private readonly Sketcher.State _state = sketcher.CreateState();
    private readonly MixtureSampler _sampler = new(sketcher.Next, seed) { Temperature = 0.3f };

    /// <summary>Draws what is asked for.</summary>
    public Drawing Draw(int kind) => Finish(new Drawing(kind, []));

    /// <summary>Draws what is missing.</summary>
    /// <param name="begun">The first points of a drawing; they are kept.</param>
    public Drawing Finish(Drawing begun)
    {
        Span<float> seen = stackalloc float[Sketcher.InputSize];
        Span<float> outputs = stackalloc float[Sketcher.OutputSize];
        Span<float> point = stackalloc float[Drawing.PointSize];
        seen.Clear();
        point.Clear();
        seen[Drawing.PenSize + begun.Kind] = 1;
        _state.Reset();
        var points = new List<float>();
        while (points.Count < Drawing.Longest * Drawing.PointSize && point[3] == 0)
        {
            sketcher.Step(_state, seen, outputs);
            if (points.Count < begun.Points.Length)
            {
                begun.Points.AsSpan(points.Count, Drawing.PointSize).CopyTo(point);
            }
            else
            {
                _sampler.Next(outputs, point);
            }

            Drawing.Move(seen, point);
            points.AddRange(point);
        }

        return begun with { Points = [.. points] };
    }
}
