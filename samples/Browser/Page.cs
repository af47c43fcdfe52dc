using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

/// <summary>What the scripts of the page call. Each call is short, so that the page can draw and answer between two of them.</summary>
[SupportedOSPlatform("browser")]
internal static partial class Page
{
    private static HelloTraining? _hello;
    private static Sensor? _sensor;
    private static BearingWatch? _watch;

    // Nothing is to be done before the page calls.
    private static void Main()
    {
    }

    /// <summary>Begins anew with "hello".</summary>
    [JSExport]
    internal static void StartHello(int seed) => _hello = new HelloTraining(seed);

    /// <summary>Trains for some updates.</summary>
    /// <returns>The number of updates so far, the loss, and 1 at the end of the training.</returns>
    [JSExport]
    internal static double[] TrainHello(int updates)
    {
        HelloTraining hello = _hello!;
        hello.Advance(updates);
        return [hello.Updates, hello.Loss, hello.IsDone ? 1 : 0];
    }

    /// <summary>The probabilities of h, e, l and o after each letter of "hell".</summary>
    [JSExport]
    internal static double[] ReadHello()
    {
        Span<float> probabilities = stackalloc float[16];
        _hello!.Say(probabilities);
        return Array.ConvertAll(probabilities.ToArray(), value => (double)value);
    }

    /// <summary>Loads the network that watches a bearing.</summary>
    /// <returns>The error that is usual, and that from which on it is an alarm.</returns>
    [JSExport]
    internal static double[] StartBearing()
    {
        _sensor = new Sensor(seed: 2);
        _watch = BearingWatch.Load();
        return [_watch.Usual, _watch.Limit];
    }

    /// <summary>Reads the next sample.</summary>
    /// <returns>The sample, what was predicted, the error, and 1 while there is an alarm.</returns>
    [JSExport]
    internal static double[] ReadBearing(bool isDamaged)
    {
        BearingWatch watch = _watch!;
        _sensor!.DamagedAt = isDamaged ? 0 : int.MaxValue;
        float sample = _sensor.Read();
        float predicted = watch.Prediction;
        watch.Read(sample);
        return [sample, predicted, watch.Error, watch.IsUnusual ? 1 : 0];
    }
}
