namespace RnnGen.Generator.Planning;

/// <summary>Streams that are the elements of vectors for the time of a step. The memory for that is <c>StreamVectors</c> of the runtime.</summary>
internal static class StreamVector
{
    /// <summary>Distance between two numbers of a stream, in floats.</summary>
    public const int Stride = 80;
}
