using System.Runtime;

namespace RnnGen.Benchmarks;

internal static class WarmUp
{
    /// <summary>Runs the work of a mode: single units, and several where they are steps.</summary>
    /// <param name="works">Each does so many units, and tells the seconds that they took.</param>
    /// <param name="mode">The mode.</param>
    public static void Run(IEnumerable<Func<int, double>> works, Mode mode) =>
        Run([.. works.Select(run => (Func<double>)(() => run(1) + run(mode.Streams() ? 50 : 1)))]);

    /// <summary>
    /// Managed code is compiled again, in the background, once it has been called some thirty times and nothing new was compiled for 100 ms.
    /// So this goes on until nothing was compiled for some passes.
    /// </summary>
    /// <param name="works">Each is to be called again and again, and tells the seconds that it took.</param>
    public static void Run(IReadOnlyList<Func<double>> works)
    {
        const int QuietPasses = 5;
        const int MostPasses = 30;
        long compiled = 0;
        for (int pass = 0, quiet = 0; pass < MostPasses && quiet < QuietPasses; pass++)
        {
            foreach (Func<double> work in works)
            {
                double seconds = 0;
                for (int k = 0; k < 40 && seconds < 0.03; k++)
                {
                    seconds += work();
                }
            }

            Thread.Sleep(120);
            long now = JitInfo.GetCompiledMethodCount();
            quiet = now == compiled ? quiet + 1 : 0;
            compiled = now;
        }
    }
}
