using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RnnGen.Checkpoints;

/// <summary>
/// Unix file operations that .NET lacks, or whose failures it does not report: calls of the C library, which every Unix has. Their
/// arguments are numbers, handles and bytes, so that they need no unsafe code and work when compiled ahead of time. Where there is no such
/// library (Windows, a browser), nothing is called.
/// </summary>
internal static class Unix
{
    private const int Interrupted = 4;
    private const int AccessDenied = 13;
    private const int InvalidArgument = 22;
    private const int ReadOnlyFileSystem = 30;
    private const uint SameOwner = uint.MaxValue;

    /// <summary>Whether there is a C library to call.</summary>
    public static bool IsThere { get; } = !OperatingSystem.IsWindows() && !OperatingSystem.IsBrowser() && !OperatingSystem.IsWasi() && Answers();

    private static int NotSupported => OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? 95 : 45;

    private static int WouldBlock => OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? 11 : 35;

    /// <summary>Flushes a file to the disk. .NET does so, too, but does not report failure.</summary>
    /// <exception cref="IOException">The disk has failed.</exception>
    public static void Flush(SafeFileHandle file)
    {
        while (fsync(file) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error is InvalidArgument or ReadOnlyFileSystem || error == NotSupported)
            {
                // A file system that has nothing to flush.
                return;
            }

            if (error != Interrupted)
            {
                throw Failure("fsync", error);
            }
        }
    }

    /// <summary>Flushes the names in a folder to the disk: without that, a power failure may undo a rename.</summary>
    /// <exception cref="IOException">The disk has failed.</exception>
    public static void FlushFolder(string folder)
    {
        int closeOnExec = OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? 0x8_0000 : OperatingSystem.IsMacOS() ? 0x100_0000 : 0;
        int descriptor = open(in Text(folder)[0], closeOnExec);
        if (descriptor >= 0)
        {
            using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
            Flush(handle);
        }
        else if (Marshal.GetLastPInvokeError() is int error and not AccessDenied)
        {
            // A folder that is writable but not readable cannot be opened, and so not be flushed.
            throw Failure("open", error);
        }
    }

    /// <summary>Renames a file atomically. .NET copies where that is not possible, and a copy may end halfway.</summary>
    /// <exception cref="IOException">It is not possible; both files are unchanged.</exception>
    public static void Rename(string from, string to)
    {
        if (rename(in Text(from)[0], in Text(to)[0]) != 0)
        {
            throw Failure("rename", Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Locks an open file, exclusively or shared, until it is closed. The lock ends with the process, however that ends.</summary>
    /// <returns>Whether the lock is held: false if others hold it, or if the file system has no locks.</returns>
    public static bool TryLock(SafeFileHandle file, bool alone)
    {
        const int Shared = 1;
        const int Exclusive = 2;
        const int AtOnce = 4;
        return flock(file, (alone ? Exclusive : Shared) | AtOnce) == 0;
    }

    /// <summary>Whether .NET could not open a file because another process has locked it.</summary>
    public static bool IsLocked(IOException exception) => exception.HResult == WouldBlock;

    /// <summary>Gives a file the owner and the group of another one.</summary>
    /// <returns>Whether it has the group. Only a privileged process can change the owner, and others can only choose among their own groups.</returns>
    public static bool TryGive(SafeFileHandle file, uint owner, uint group) => fchown(file, owner, group) == 0 || fchown(file, SameOwner, group) == 0;

    /// <summary>A path without links; null if there is no such folder.</summary>
    public static string? RealPath(string folder)
    {
        // The longest path that a C library returns.
        const int Longest = 4096;
        var resolved = new byte[Longest + 1];
        return realpath(in Text(folder)[0], ref resolved[0]) == 0 ? null : Encoding.UTF8.GetString(resolved, 0, Array.IndexOf(resolved, (byte)0));
    }

    /// <summary>Kind, mode, owner and group of the file that a path leads to; null if there is none or they are unknown.</summary>
    public static FileIdentity? Look(string path)
    {
        // Linux has had statx since 2017, with one layout for all processors, unlike stat, which old C libraries do not even export. Apple's
        // stat has had this layout since 2007, under a name of its own on Intel. On others files are treated as .NET treats them.
        try
        {
            if (OperatingSystem.IsLinux() || OperatingSystem.IsAndroid())
            {
                const int CurrentFolder = -100;
                const uint TypeModeOwnerGroup = 0x1B;
                return statx(CurrentFolder, in Text(path)[0], flags: 0, TypeModeOwnerGroup, out LinuxStat found) == 0
                    ? new FileIdentity(found.Mode, found.Owner, found.Group)
                    : null;
            }

            if (OperatingSystem.IsMacOS())
            {
                AppleStat found;
                int result = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? stat64(in Text(path)[0], out found) : stat(in Text(path)[0], out found);
                return result == 0 ? new FileIdentity(found.Mode, found.Owner, found.Group) : null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library.
        }

        return null;
    }

    private static bool Answers()
    {
        try
        {
            return getpid() > 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static byte[] Text(string path) => Encoding.UTF8.GetBytes(path + "\0");

    private static IOException Failure(string call, int error) => new($"{call}: {Marshal.GetPInvokeErrorMessage(error)}", error);

    [DllImport("libc", SetLastError = true)]
    private static extern int getpid();

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true)]
    private static extern int open(in byte path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int rename(in byte from, in byte to);

    [DllImport("libc", SetLastError = true)]
    private static extern int flock(SafeFileHandle file, int operation);

    [DllImport("libc", SetLastError = true)]
    private static extern int fchown(SafeFileHandle file, uint owner, uint group);

    [DllImport("libc", SetLastError = true)]
    private static extern nint realpath(in byte path, ref byte resolved);

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(int folder, in byte path, int flags, uint mask, out LinuxStat found);

    [DllImport("libc", SetLastError = true)]
    private static extern int stat(in byte path, out AppleStat found);

    [DllImport("libc", EntryPoint = "stat$INODE64", SetLastError = true)]
    private static extern int stat64(in byte path, out AppleStat found);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct LinuxStat
    {
        [FieldOffset(20)]
        public readonly uint Owner;

        [FieldOffset(24)]
        public readonly uint Group;

        [FieldOffset(28)]
        public readonly ushort Mode;
    }

    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private readonly struct AppleStat
    {
        [FieldOffset(4)]
        public readonly ushort Mode;

        [FieldOffset(16)]
        public readonly uint Owner;

        [FieldOffset(20)]
        public readonly uint Group;
    }
}
