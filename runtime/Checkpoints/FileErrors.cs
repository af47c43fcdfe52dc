using System.Security;

namespace RnnGen.Checkpoints;

/// <summary>What the file system may throw.</summary>
internal static class FileErrors
{
    /// <summary>
    /// Whether an exception of a file operation is about the file and not about the program. <see cref="ArgumentException"/> is an
    /// impossible path, <see cref="NotSupportedException"/> a file without a length, such as a pipe.
    /// </summary>
    public static bool Includes(Exception exception) => exception
        is IOException or UnauthorizedAccessException or SecurityException
        or ArgumentException or NotSupportedException or OutOfMemoryException;
}
