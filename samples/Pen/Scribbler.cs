/// <summary>What is known without a memory: for each kind one Gaussian of all ways of the pen, and how often it is lifted and drawings end.</summary>
internal sealed class Scribbler
{
    private readonly Habits[] _kinds;

    public Scribbler(Drawing[] drawings) =>
        _kinds = [.. Enumerable.Range(0, Shapes.Count).Select(kind => Habits.Of([.. drawings.Where(drawing => drawing.Kind == kind).SelectMany(drawing => drawing.Points.Chunk(Drawing.PointSize))]))];

    /// <summary>The mean negative log-likelihood.</summary>
    /// <returns>Nats per point.</returns>
    public double Nats(Drawing[] drawings) => drawings.SelectMany(drawing => drawing.Points.Chunk(Drawing.PointSize).Select(_kinds[drawing.Kind].Nats)).Average();

    /// <summary>Draws all points independently.</summary>
    public Drawing Draw(int kind, Random random)
    {
        var points = new List<float>();
        do
        {
            points.AddRange(_kinds[kind].Draw(random));
        }
        while (points[^1] == 0 && points.Count < Drawing.Longest * Drawing.PointSize);

        return new Drawing(kind, [.. points]);
    }

    /// <summary>Means, variances and covariance of the way to the right (X) and down (Y), and two probabilities.</summary>
    private readonly record struct Habits(double MeanX, double MeanY, double VarianceX, double VarianceY, double Covariance, double Lifted, double End)
    {
        public static Habits Of(float[][] points)
        {
            double x = points.Average(point => point[0]);
            double y = points.Average(point => point[1]);
            return new(
                x,
                y,
                points.Average(point => (point[0] - x) * (point[0] - x)),
                points.Average(point => (point[1] - y) * (point[1] - y)),
                points.Average(point => (point[0] - x) * (point[1] - y)),
                points.Average(point => point[2]),
                points.Average(point => point[3]));
        }

        public double Nats(float[] point)
        {
            (double x, double y) = (point[0] - MeanX, point[1] - MeanY);
            double determinant = (VarianceX * VarianceY) - (Covariance * Covariance);
            double distance = ((VarianceY * x * x) - (2 * Covariance * x * y) + (VarianceX * y * y)) / determinant;
            return (distance / 2) + Math.Log(2 * Math.PI * Math.Sqrt(determinant)) - Math.Log(point[2] > 0 ? Lifted : 1 - Lifted) - Math.Log(point[3] > 0 ? End : 1 - End);
        }

        public float[] Draw(Random random)
        {
            (double first, double second) = (Normal.Next(random), Normal.Next(random));
            double deviation = Math.Sqrt(VarianceX);
            double slope = Covariance / deviation;
            double x = MeanX + (deviation * first);
            double y = MeanY + (slope * first) + (Math.Sqrt(VarianceY - (slope * slope)) * second);
            return [(float)x, (float)y, random.NextDouble() < Lifted ? 1 : 0, random.NextDouble() < End ? 1 : 0];
        }
    }
}
