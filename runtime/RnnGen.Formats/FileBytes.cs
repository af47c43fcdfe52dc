using System.Runtime.InteropServices;

namespace RnnGen.Formats;

/// <summary>A file in memory as a stream.</summary>
internal static class FileBytes
{
    /// <summary>A stream that reads bytes where they lie.</summary>
    public static MemoryStream Open(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);
}
