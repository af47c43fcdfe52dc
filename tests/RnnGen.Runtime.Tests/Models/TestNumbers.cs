namespace RnnGen.Tests.Models;

internal static class TestNumbers
{
    /// <summary>Numbers in [-1, 1).</summary>
    public static float[] Random(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];

    public static float[] Values(Parameter parameter)
    {
        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        return values;
    }

    public static float[] Gradient(Tape tape, Parameter parameter)
    {
        var values = new float[parameter.Count];
        tape.CopyGradient(parameter, values);
        return values;
    }

    /// <summary>Every value of a state, name after name.</summary>
    public static float[] Values(State state) => [.. state.Names.SelectMany(name => state[name].ToArray())];

    /// <summary>Sets every value of a state from a seed.</summary>
    public static void Fill(State state, int seed)
    {
        var random = new Random(seed);
        foreach (string name in state.Names)
        {
            Random(random, state[name].Length).CopyTo(state[name]);
        }
    }
}
