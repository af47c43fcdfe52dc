using System.Runtime.Versioning;
using RnnGen.Checkpoints;

namespace RnnGen.Tests.Checkpoints;

/// <summary>The calls of the C library. <c>.ci/flush</c> looks at them from outside, and lets them fail.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UnixTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public UnixTests() => Assert.SkipUnless(Unix.IsThere, "There is no C library to call.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_flush_that_fails_is_an_exception_and_one_that_means_nothing_passes()
    {
        // A number that is no file's, and a device, which has nothing to flush.
        using var none = new Microsoft.Win32.SafeHandles.SafeFileHandle(1_000_000, ownsHandle: false);
        Assert.StartsWith("fsync: ", Assert.Throws<IOException>(() => Unix.Flush(none)).Message, StringComparison.Ordinal);
        using FileStream device = File.OpenWrite("/dev/null");
        Unix.Flush(device.SafeFileHandle);

        Unix.FlushFolder(_folder.FullName);
        Assert.StartsWith("open: ", Assert.Throws<IOException>(() => Unix.FlushFolder(_folder.File("absent"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rename_never_copies()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no second file system.");
        string from = _folder.File("model", [1, 2, 3]);
        string to = $"/dev/shm/rnngen-{Guid.NewGuid():N}";

        var e = Assert.Throws<IOException>(() => Unix.Rename(from, to));

        Assert.StartsWith("rename: ", e.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(from));
        Assert.False(File.Exists(to));
    }

    [Fact]
    public void Locks_are_shared_or_not()
    {
        string path = _folder.File("model", [1]);
        using (var one = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        using (var other = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            Assert.True(Unix.TryLock(one.SafeFileHandle, alone: false));
            Assert.True(Unix.TryLock(other.SafeFileHandle, alone: false));
            Assert.False(Unix.TryLock(other.SafeFileHandle, alone: true));
        }

        using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var e = Assert.Throws<IOException>(() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
        Assert.True(Unix.IsLocked(e));
        Assert.False(Unix.IsLocked(new IOException()));
    }

    [Fact]
    public void Files_are_told_apart()
    {
        string path = _folder.File("model", [1]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherExecute);

        FileIdentity found = Assert.NotNull(Unix.Look(path));

        Assert.Equal(0x8000u, found.Mode & 0xF000);
        Assert.Equal(File.GetUnixFileMode(path), found.Permissions);
        Assert.Null(Unix.Look(_folder.File("absent")));
        Assert.Null(Unix.RealPath(_folder.File("absent")));
        Assert.Equal("/", Unix.RealPath("/usr/.."));
    }
}
