using System.Diagnostics;
using System.Reflection;
using Xunit.v3;

[assembly: RnnGen.Tests.Progress]

namespace RnnGen.Tests;

/// <summary>Tells every few seconds how many tests have run, because runners are silent until the last one has.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ProgressAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static int _count;
    private static long _told = Stopwatch.GetTimestamp();

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        int count = Interlocked.Increment(ref _count);
        long told = Volatile.Read(ref _told);
        if (Stopwatch.GetElapsedTime(told) >= Interval && Interlocked.CompareExchange(ref _told, Stopwatch.GetTimestamp(), told) == told)
        {
            TestContext.Current.SendDiagnosticMessage("{0} tests have run", count);
        }
    }
}
