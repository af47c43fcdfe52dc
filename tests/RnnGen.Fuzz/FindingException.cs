namespace RnnGen.Fuzz;

/// <summary>Something is not as it must be.</summary>
internal sealed class FindingException(string message, byte[] input, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The input that reproduces it.</summary>
    public byte[] Input { get; } = input;
}
