namespace RnnGen.Benchmarks;

/// <summary>Short rounds of one piece of work.</summary>
/// <param name="run">Does so many units and tells the seconds.</param>
/// <param name="stepsPerUnit">Time steps in a unit.</param>
/// <param name="calibrate">Whether to put as many units into a round as fit; else there is one.</param>
internal sealed class Rounds(Func<int, double> run, int stepsPerUnit, bool calibrate = true)
{
    private const double RoundSeconds = 0.004;

    private readonly List<double> _rounds = [];
    private int _count = 1;

    public Func<int, double> Work => run;

    /// <summary>Nanoseconds per step in the fastest round.</summary>
    public double Best => _rounds.Min();

    public double Median => _rounds.Order().ElementAt(_rounds.Count / 2);

    public int Count => _rounds.Count;

    public double Seconds { get; private set; }

    public void Run()
    {
        double seconds = run(_count);
        Seconds += seconds;
        if (calibrate && seconds < RoundSeconds / 2)
        {
            // Still finding how often the work fits into a round; the same calls let the JIT finish its own.
            _count *= 2;
            Run();
            return;
        }

        _rounds.Add(seconds * 1e9 / _count / stepsPerUnit);
    }
}
