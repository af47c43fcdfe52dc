using RnnGen.Checkpoints;

namespace RnnGen.Formats.Tests.Layouts;

/// <summary>Inputs and expected outputs of a published network.</summary>
internal sealed class KnownAnswers(string folder, string name)
{
    private readonly SafetensorsFile _file = SafetensorsFile.Read(SharedFiles.Find(folder, name));

    /// <summary>A tensor as floats, whatever its type.</summary>
    public float[] this[string tensor]
    {
        get
        {
            SafetensorsTensor found = _file[tensor];
            if (found.Dtype == "F32")
            {
                return found.Floats().ToArray();
            }

            var values = new double[found.Count];
            found.CopyTo(values.AsSpan());
            return [.. values.Select(value => (float)value)];
        }
    }

    /// <summary>[time, sequences, features] as [sequences, time, features].</summary>
    public static float[] BatchFirst(float[] values, int sequences, int features)
    {
        int steps = values.Length / sequences / features;
        return [.. from sequence in Enumerable.Range(0, sequences) from step in Enumerable.Range(0, steps) from k in Enumerable.Range(0, features) select values[(((step * sequences) + sequence) * features) + k]];
    }
}
