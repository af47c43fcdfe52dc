using System.Text.Json;

namespace RnnGen.Formats.Json;

/// <summary>Nested arrays of numbers as tensors.</summary>
/// <remarks>
/// An array is read twice: first for its shape, then for its values, so that it takes no more memory than its floats. A document of all of JSON would
/// take many times that.
/// </remarks>
internal static class JsonNumbers
{
    /// <summary>Finds the shape of an array.</summary>
    /// <param name="json">Stands at the start of the array, and stays there.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="count">The number of its elements.</param>
    /// <param name="problem">What is wrong with it, and where.</param>
    /// <returns>Whether it has only numbers, and all rows have the same length.</returns>
    public static bool TryMeasure(Utf8JsonReader json, out int[] shape, out int count, out (long Position, string Found) problem)
    {
        const int Unknown = -1;
        Span<int> sizes = stackalloc int[Limits.Depth + 1];
        Span<int> counts = stackalloc int[Limits.Depth + 1];
        sizes.Fill(Unknown);
        int depth = 0;
        int rank = 1;
        int leaf = Unknown;
        counts[0] = 0;
        count = 0;
        shape = [];
        while (true)
        {
            json.Read();
            switch (json.TokenType)
            {
                case JsonTokenType.Number when leaf == Unknown || leaf == depth:
                    leaf = depth;
                    counts[depth]++;
                    count++;
                    break;
                case JsonTokenType.StartArray when leaf == Unknown || leaf > depth:
                    depth++;
                    rank = Math.Max(rank, depth + 1);
                    counts[depth] = 0;
                    break;
                case JsonTokenType.EndArray when sizes[depth] == Unknown || sizes[depth] == counts[depth]:
                    sizes[depth] = counts[depth];
                    if (depth == 0)
                    {
                        shape = sizes[..rank].ToArray();
                        problem = (json.TokenStartIndex, "numbers beside arrays");
                        return leaf == Unknown || leaf == rank - 1;
                    }

                    depth--;
                    counts[depth]++;
                    break;
                case JsonTokenType.EndArray:
                    problem = (json.TokenStartIndex, $"one with {counts[depth]} elements after one with {sizes[depth]}");
                    return false;
                case JsonTokenType.Number or JsonTokenType.StartArray:
                    problem = (json.TokenStartIndex, "numbers beside arrays");
                    return false;
                default:
                    problem = (json.TokenStartIndex, json.TokenType.ToString());
                    return false;
            }
        }
    }

    /// <summary>Reads the numbers of an array that was measured.</summary>
    /// <param name="json">Stands at the start of the array, and goes to its end.</param>
    /// <param name="values">Takes the numbers.</param>
    /// <returns>Whether all of them are within the range of 32-bit floats.</returns>
    public static bool TryRead(ref Utf8JsonReader json, Span<float> values)
    {
        int start = json.CurrentDepth;
        int k = 0;
        while (json.Read() && (json.TokenType != JsonTokenType.EndArray || json.CurrentDepth > start))
        {
            if (json.TokenType == JsonTokenType.Number && !TryRead(json, out values[k++]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads a number as the programs do that write these files: as a double, and then as the nearest float.</summary>
    /// <returns>Whether it is within the range of 32-bit floats.</returns>
    public static bool TryRead(in Utf8JsonReader json, out float value)
    {
        bool isRead = json.TryGetDouble(out double number);
        value = (float)number;
        return isRead && float.IsFinite(value);
    }
}
