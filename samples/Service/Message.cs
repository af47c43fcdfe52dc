using System.Buffers.Binary;
using System.Text.Json;

/// <summary>
/// A message of a socket: a reading, and its answer. As text, <c>[1.2, 60.5, 5]</c> and <c>{"score":0.01,"version":1,"alarm":false}</c>. As bytes, three floats of 4 bytes each, and the score,
/// a float, with the version, an int; all of them little-endian.
/// </summary>
public static class Message
{
    /// <summary>The longest message that is accepted, in bytes.</summary>
    public const int Longest = 256;

    /// <summary>Reads a reading.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isText">Whether it is text.</param>
    /// <param name="reading">Receives [3].</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, bool isText, Span<float> reading)
    {
        if (isText)
        {
            try
            {
                return TryCopy(JsonSerializer.Deserialize(message, ServiceJson.Default.SingleArray), reading);
            }
            catch (JsonException)
            {
                return false;
            }
        }

        if (message.Length != reading.Length * sizeof(float))
        {
            return false;
        }

        for (int k = 0; k < reading.Length; k++)
        {
            reading[k] = BinaryPrimitives.ReadSingleLittleEndian(message[(k * sizeof(float))..]);
        }

        return IsFinite(reading);
    }

    /// <summary>Takes the numbers of a request.</summary>
    /// <returns>Whether they are a reading.</returns>
    public static bool TryCopy(float[]? numbers, Span<float> reading)
    {
        if (numbers?.Length != reading.Length || !IsFinite(numbers))
        {
            return false;
        }

        numbers.CopyTo(reading);
        return true;
    }

    /// <summary>Writes an answer as text.</summary>
    public static byte[] Write(Answer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, ServiceJson.Default.Answer);

    /// <summary>Writes an answer as bytes.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="memory">Receives it.</param>
    /// <returns>What was written of the memory.</returns>
    public static ReadOnlyMemory<byte> Write(Answer answer, Memory<byte> memory)
    {
        BinaryPrimitives.WriteSingleLittleEndian(memory.Span, answer.Score);
        BinaryPrimitives.WriteInt32LittleEndian(memory.Span[sizeof(float)..], answer.Version);
        return memory[..(sizeof(float) + sizeof(int))];
    }

    private static bool IsFinite(ReadOnlySpan<float> reading)
    {
        foreach (float number in reading)
        {
            if (!float.IsFinite(number))
            {
                return false;
            }
        }

        return true;
    }
}
