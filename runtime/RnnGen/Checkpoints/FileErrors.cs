using System.Security;

namespace RnnGen.Checkpoints;

/// <summary>The exceptions of the file system.</summary>
internal static class FileErrors
{
    /// <summary>
    /// Whether an exception of a file operation is due to the file, not to a bug. <see cref="ArgumentException"/> is thrown for an
    /// impossible path, <see cref="NotSupportedException"/> for a file without a length, such as a pipe.
    /// </summary>
    public static bool Includes(Exception exception) => exception
        is IOException or UnauthorizedAccessException or SecurityException
        or ArgumentException or NotSupportedException or OutOfMemoryException;
}
