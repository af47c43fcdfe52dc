using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using RnnGen.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

/// <summary>A file that is saved to keeps its identity, and anything but a regular file is refused.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FileIdentityTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();
    private readonly Plain _model = new(seed: 1);

    public FileIdentityTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes, owners, links and pipes are those of a Unix.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_link_stays_and_its_target_is_replaced()
    {
        Directory.CreateDirectory(_folder.File("store"));
        string target = _folder.File("store/model", [1, 2, 3]);
        string link = Link("link", "store/model");

        _model.Save(link);

        Assert.Equal("store/model", new FileInfo(link).LinkTarget);
        Assert.True(Plain.Load(target).Parameters.SequenceEqual(_model.Parameters));
        Assert.True(Plain.Load(link).Parameters.SequenceEqual(_model.Parameters));
        Assert.Equal(["link", "store"], _folder.Names);
        Assert.Equal([target], Directory.GetFiles(_folder.File("store")));
    }

    [Fact]
    public void A_link_to_nothing_gets_its_target()
    {
        string link = Link("link", Link("second", _folder.File("model")));

        _model.Save(link);

        Assert.True(Plain.Load(_folder.File("model")).Parameters.SequenceEqual(_model.Parameters));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(["link", "model", "second"], _folder.Names);
    }

    [Fact]
    public void A_link_in_a_linked_folder_is_read_from_where_it_is()
    {
        // "elsewhere/link" is really "deep/deeper/link", so that its "../model" is "deep/model".
        Directory.CreateDirectory(_folder.File("deep/deeper"));
        Link("elsewhere", "deep/deeper");
        Link("deep/deeper/link", "../model");

        _model.Save(_folder.File("elsewhere/link"));

        Assert.True(File.Exists(_folder.File("deep/model")));
        Assert.Equal(["deep", "elsewhere"], _folder.Names);
    }

    [Fact]
    public void Links_that_lead_in_a_circle_are_refused()
    {
        Link("a", "b");
        Link("b", "a");

        Refused(() => _model.Save(_folder.File("a")));
        Refused(() => Plain.Load(_folder.File("a")));
        Assert.Equal(["a", "b"], _folder.Names);
    }

    [Theory]
    [InlineData(Private)]
    [InlineData(Private | UnixFileMode.GroupRead)]
    [InlineData(Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.UserRead)]
    public void The_mode_stays(UnixFileMode mode)
    {
        string path = _folder.File("model", [1]);
        File.SetUnixFileMode(path, mode);

        _model.Save(path);

        Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.True(new FileInfo(path).Length > 1);
    }

    [Fact]
    public void A_new_file_has_the_mode_of_every_new_file()
    {
        _model.Save(_folder.File("model"));
        _folder.File("other", [1]);

        Assert.Equal(File.GetUnixFileMode(_folder.File("other")), File.GetUnixFileMode(_folder.File("model")));
    }

    [Fact]
    public void While_it_is_written_a_file_is_no_more_open_than_the_one_before()
    {
        string path = _folder.File("model", [1]);
        File.SetUnixFileMode(path, Private);

        AtomicFile.Write(path, 10, stream => Assert.Equal(Private, File.GetUnixFileMode(((FileStream)stream).SafeFileHandle)));
    }

    [Fact]
    public void Owner_and_group_stay()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only a privileged process gives files away.");
        string path = _folder.File("model", [1]);
        Run("chown", "12345:23456", path);

        _model.Save(path);

        Assert.Equal("12345:23456", Run("stat", "-c", "%u:%g", path).Trim());
    }

    [Fact]
    public void Without_its_group_a_file_is_open_to_no_other()
    {
        Assert.Equal((UnixFileMode)0b110_000_000, new FileIdentity(0x8000 | 0b110_110_000, 1, 1).PermissionsWithoutGroup);
        Assert.Equal((UnixFileMode)0b110_100_100, new FileIdentity(0x8000 | 0b110_110_100, 1, 1).PermissionsWithoutGroup);
        Assert.Equal((UnixFileMode)0b111_000_101, new FileIdentity(0x8000 | 0b111_000_101, 1, 1).PermissionsWithoutGroup);
    }

    [Fact]
    public void A_pipe_is_refused_and_nobody_waits()
    {
        string pipe = _folder.File("pipe");
        Run("mkfifo", pipe);

        Assert.Contains("FIFO", Refused(() => _model.Save(pipe)).Message, StringComparison.Ordinal);
        Assert.Contains("FIFO", Refused(() => Plain.Load(pipe)).Message, StringComparison.Ordinal);
        Assert.Contains("FIFO", Refused(() => Plain.Load(Link("link", pipe))).Message, StringComparison.Ordinal);
        Assert.Equal(["link", "pipe"], _folder.Names);
    }

    [Fact]
    public void A_device_is_refused()
    {
        Assert.Contains("character device", Refused(() => _model.Save("/dev/null")).Message, StringComparison.Ordinal);
        Assert.Contains("character device", Refused(() => _model.Save(Link("link", "/dev/null"))).Message, StringComparison.Ordinal);
        Assert.Contains("character device", Refused(() => Plain.Load("/dev/zero")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_is_refused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        string path = _folder.File("s");
        socket.Bind(new UnixDomainSocketEndPoint(path));

        Assert.Contains("a socket", Refused(() => _model.Save(path)).Message, StringComparison.Ordinal);
        Assert.Contains("a socket", Refused(() => Plain.Load(path)).Message, StringComparison.Ordinal);
    }

    private static CheckpointException Refused(Action action)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(action);
        Assert.Equal(CheckpointReason.File, e.Reason);
        return e;
    }

    private static string Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private string Link(string name, string target)
    {
        string path = _folder.File(name);
        File.CreateSymbolicLink(path, target);
        return path;
    }
}
