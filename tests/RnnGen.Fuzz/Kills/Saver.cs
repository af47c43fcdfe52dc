namespace RnnGen.Fuzz;

/// <summary>Saves a model whose weights are all the same number, which is another one each time.</summary>
internal static class Saver
{
    public static void Run(string path, int first, long count)
    {
        for (long k = 0; k < count; k++)
        {
            Save(path, first + k);
            if (k == 0)
            {
                // The parent waits for this.
                Console.WriteLine("saving");
            }
        }
    }

    public static void Save(string path, float number)
    {
        var model = new Large(seed: 1);
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            float[] values = new float[parameter.Count];
            Array.Fill(values, number);
            parameter.CopyFrom(values);
        }

        model.Save(path);
    }

    /// <summary>The number that all weights of a file are.</summary>
    /// <exception cref="FindingException">They differ.</exception>
    public static float Load(string path)
    {
        Large model = Large.Load(path);
        float[][] values = [.. model.Layers.SelectMany(layer => layer.Parameters).Select(Values)];
        return values.SelectMany(all => all).Distinct().ToArray() is [float number]
            ? number
            : throw new FindingException("The file is neither an old one nor a new one: its weights differ.", File.ReadAllBytes(path));
    }

    private static float[] Values(Parameter parameter)
    {
        float[] values = new float[parameter.Count];
        parameter.CopyTo(values);
        return values;
    }
}
