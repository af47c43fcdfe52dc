namespace RnnGen.Testing;

/// <summary>Random windows and states for a model.</summary>
internal static class Made
{
    /// <summary>The lengths of windows that are tried: one step, all steps but one, all steps. Long windows are cut: they would say nothing new.</summary>
    public static int[] Lengths(IRnnModel model)
    {
        const int Longest = 64;
        int steps = Math.Min(model.SequenceLength, Longest);
        return [.. new[] { 1, Math.Max(1, steps - 1), steps }.Distinct()];
    }

    /// <summary>A window: numbers in -1 .. 1, or tokens.</summary>
    public static TInput[] Inputs<TInput>(IRnnModel<TInput> model, Random random, int steps) => model is IRnnModel<int>
        ? (TInput[])(object)Tokens(model, random, steps)
        : (TInput[])(object)Numbers(random, model.GetInputLength(steps));

    /// <summary>Numbers in -1 .. 1.</summary>
    public static float[] Numbers(Random random, int count)
    {
        var numbers = new float[count];
        for (int k = 0; k < count; k++)
        {
            numbers[k] = (2 * random.NextSingle()) - 1;
        }

        return numbers;
    }

    /// <summary>The inputs of a recorded window with their gradients; none if they are tokens, which have no gradients.</summary>
    public static IEnumerable<(ShiftedValues Values, float[] Gradient)> Shifted<TInput>(IRnnModel<TInput> model, TInput[] inputs, Tape tape) => (object)inputs is float[] numbers
        ? [(new ShiftedValues("inputs", [numbers.Length / model.InputSize, model.InputSize], [.. numbers], values => values.CopyTo(numbers, 0)), tape.InputGradients.ToArray())]
        : [];

    /// <summary>Whether outputs are concatenated, head by head.</summary>
    public static bool HasSeveralHeads(IRnnModel model) => model.Layers.Count(layer => layer.Declaration is HeadAttribute) > 1;

    /// <summary>
    /// The windows of a batch, from the longest to one step, and back: lanes end at different times, and in another order than they stand in.
    /// </summary>
    public static int[] LaneLengths<TInput>(IRnnBatchModel<TInput> model)
    {
        const int Most = 9;
        int lanes = Math.Min(Most, model.BatchSize);
        int longest = Lengths(model).Max();
        return [.. Enumerable.Range(0, lanes).Select(lane => 1 + (Math.Abs((2 * lane) - lanes) * (longest - 1) / lanes))];
    }

    /// <summary>A state with some values.</summary>
    public static State Started(this IRnnModel model, float[] values)
    {
        State state = model.CreateState();
        state.StartFrom(values);
        return state;
    }

    /// <summary>The values of a state.</summary>
    public static float[] Values(this State state)
    {
        var values = new float[state.Count];
        state.CopyTo(values);
        return values;
    }

    private static int[] Tokens(IRnnModel model, Random random, int steps)
    {
        var tokens = new int[steps];
        for (int k = 0; k < steps; k++)
        {
            tokens[k] = random.Next(model.InputSize);
        }

        return tokens;
    }
}
