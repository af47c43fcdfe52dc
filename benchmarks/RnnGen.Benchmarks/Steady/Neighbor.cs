using System.Diagnostics;

namespace RnnGen.Benchmarks;

/// <summary>A thread of the same process that allocates at a steady rate, as the rest of a busy service does.</summary>
internal sealed class Neighbor : IDisposable
{
    public const int BytesPerSecond = 100_000_000;

    // An array's header and length take 24 bytes.
    private const int ArrayBytes = 1024;
    private const int ArrayLength = ArrayBytes - 24;

    // The youngest megabyte stays alive, so that a collection finds something.
    private readonly byte[][] _alive = new byte[1024][];
    private readonly Thread _thread;
    private volatile bool _isOver;

    public Neighbor()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "neighbor" };
        _thread.Start();
    }

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Work()
    {
        long start = Stopwatch.GetTimestamp();
        for (long arrays = 0; !_isOver; Thread.Sleep(1))
        {
            for (double due = Stopwatch.GetElapsedTime(start).TotalSeconds * BytesPerSecond / ArrayBytes; arrays < due; arrays++)
            {
                _alive[arrays % _alive.Length] = new byte[ArrayLength];
            }
        }
    }
}
