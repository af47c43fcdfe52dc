using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RnnGen;

/// <summary>The table that <see cref="ModelExtensions.Summary"/> returns.</summary>
internal static class ModelSummary
{
    // Of the cores of this decade, the smallest caches that are common; a level in between is left out where the next one is hardly larger.
    private static readonly (string Level, int Bytes)[] Caches = [("L1 cache (32 KB)", 32 << 10), ("L2 cache (512 KB)", 512 << 10), ("L3 cache (8 MB)", 8 << 20)];

    // Long enough for the clock, short enough to wait for.
    private const int Rounds = 9;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(10);

    public static string Of(IRnnModel model, bool measure)
    {
        List<string[]> rows = [["layer", "kind", "parameters", "multiply-adds", "shapes"]];
        rows.AddRange(model.Layers.Select((layer, index) => (string[])
        [
            layer.Name, layer.Attribute, Number(layer.Parameters.Sum(p => (long)p.Count)), Number(MultiplyAdds(model, layer, index)),
            string.Join(", ", layer.Parameters.Select(p => $"{p.Name} {p.ShapeText}")) + (layer.Frozen ? " (frozen)" : ""),
        ]));
        rows.Add(["", "", Number(model.ParameterCount), Number(model.Layers.Select((layer, index) => MultiplyAdds(model, layer, index)).Sum()), ""]);

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{model.Weights.Model}: {model.InputSize} -> {model.OutputSize}, windows of up to {model.SequenceLength} steps\n");
        foreach (string line in TextTable.Lines(rows, isNumber: column => column is 2 or 3))
        {
            text.Append("\n  ").Append(line);
        }

        text.Append('\n');
        long bytes = model.Weights.BytesOfStep;
        text.Append(CultureInfo.InvariantCulture, $"\nweights: {bytes:N0} bytes as a step reads them, {Place(bytes)}");
        if (measure)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nstep: {Nanoseconds(model):N0} ns on this machine");
        }

        return text.ToString();
    }

    /// <summary>Products of a step: each element of a matrix takes part once. Of a matrix that reads a token, a step only looks up one column.</summary>
    private static long MultiplyAdds(IRnnModel model, Layer layer, int index)
    {
        bool readsTokens = model is IRnnModel<int> && (layer.Declaration.From is [] ? index == 0 : layer.Declaration.From.Contains(Layer.Input));
        long count = layer.Parameters.Where(p => p.Shape.Count == 2 && !p.IsTable && !(readsTokens && p.Name.StartsWith("weight_ih_l0", StringComparison.Ordinal)))
            .Where(p => !(readsTokens && p.Name == "weight"))
            .Sum(p => (long)p.Count);
        return layer.Declaration is SoftmaxAttribute { Tied: string table } ? count + model.Layers.First(other => other.Name == table)["weight"].Count : count;
    }

    private static string Place(long bytes)
    {
        foreach ((string level, int size) in Caches)
        {
            if (bytes <= size)
            {
                return $"which fit a typical {level}";
            }
        }

        return "which do not fit a typical cache: every step reads them from memory";
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The median of a few rounds; of a model that needs whole windows, for each step of the longest.</summary>
    private static double Nanoseconds(IRnnModel model)
    {
        (Action run, int steps) = model switch
        {
            IRnnStreamingModel<float> numbers => (StepOf(numbers, new float[model.InputSize]), 1),
            IRnnStreamingModel<int> tokens => (StepOf(tokens, new int[1]), 1),
            IRnnModel<float> numbers => (WindowOf(numbers, new float[model.SequenceLength * model.InputSize]), model.SequenceLength),
            _ => (WindowOf((IRnnModel<int>)model, new int[model.SequenceLength]), model.SequenceLength),
        };
        Time(run);
        double[] times = [.. Enumerable.Range(0, Rounds).Select(_ => Time(run) / steps)];
        Array.Sort(times);
        return times[Rounds / 2];
    }

    private static Action StepOf<TInput>(IRnnStreamingModel<TInput> model, TInput[] inputs)
    {
        State state = model.CreateState();
        var outputs = new float[model.OutputSize];
        return () => model.Step(state, inputs, outputs);
    }

    private static Action WindowOf<TInput>(IRnnModel<TInput> model, TInput[] inputs)
    {
        State state = model.CreateState();
        var outputs = new float[model.GetOutputLength(model.SequenceLength)];
        return () => model.Forward(state, inputs, outputs);
    }

    private static double Time(Action run)
    {
        const int Calls = 16;
        long calls = 0;
        var watch = Stopwatch.StartNew();
        do
        {
            for (int k = 0; k < Calls; k++)
            {
                run();
            }

            calls += Calls;
        }
        while (watch.Elapsed < RoundTime);

        return watch.Elapsed.TotalNanoseconds / calls;
    }
}
