using System.Diagnostics;
using System.Globalization;

long started = Stopwatch.GetTimestamp();
#if TRAIN
Training.Run(args[0]);
#else
const int DamagedAt = 3000;
bool reads = args is ["-"];
int samples = 0;
int found = -1;
TimeSpan first = default;
BearingWatch watch = BearingWatch.Load();
var sensor = new Sensor(seed: 2, DamagedAt);
while ((reads ? Console.ReadLine() : "") is string line && (reads || samples < 5000))
{
    if (watch.Read(reads ? float.Parse(line, CultureInfo.InvariantCulture) : sensor.Read()))
    {
        found = found < 0 ? samples : found;
        Console.WriteLine($"sample {samples}: the error is {watch.Error:0.000}, usually {watch.Usual:0.000}");
    }

    if (samples++ == 0)
    {
        first = Stopwatch.GetElapsedTime(started);
    }
}

TimeSpan all = Stopwatch.GetElapsedTime(started);
Console.WriteLine($"the first step ended {first.TotalMilliseconds:0.00} ms after the start, {samples} samples after {all.TotalMilliseconds:0.00} ms");
Console.WriteLine($"{new FileInfo(Environment.ProcessPath!).Length / 1e6:0.0} MB on the disk, {Environment.WorkingSet / 1e6:0.0} MB of memory");
if (!reads)
{
    Console.WriteLine($"damaged at sample {DamagedAt}, found after {found - DamagedAt} samples");
}
#endif
