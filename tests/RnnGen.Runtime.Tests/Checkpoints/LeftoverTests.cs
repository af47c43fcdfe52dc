using RnnGen.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

/// <summary>The next save to the same file removes the temporary file of a killed process, but not that of a running one.</summary>
public sealed class LeftoverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Plain _model = new(seed: 1);

    private string Target => _folder.File("model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Leftovers_of_this_file_are_removed()
    {
        Leftover(Target);
        Leftover(Target);
        string other = Leftover(_folder.File("another"));

        _model.Save(Target);

        Assert.Equal([Path.GetFileName(other), "model"], _folder.Names);
    }

    [Fact]
    public void Files_that_are_no_leftovers_stay()
    {
        string prefix = TemporaryFile.Prefix(Target);
        string[] names = [prefix + "notes.txt", "checkpoint-.tmp", "checkpoint-1-0123456789abcdef.tmp"];
        foreach (string name in names)
        {
            _folder.File(name, [1]);
        }

        _model.Save(Target);

        Assert.Equal(names.Append("model").Order(StringComparer.Ordinal), _folder.Names);
    }

    [Fact]
    public void A_save_that_goes_on_elsewhere_is_let_be()
    {
        // Another save in the midst of this one, as from another process or container: a lock belongs to the open file.
        var other = new Plain(seed: 2);
        AtomicFile.Write(Target, 1000, stream =>
        {
            other.Save(Target);
            Assert.Equal(2, _folder.Names.Length);
            Assert.True(Plain.Load(Target).Parameters.SequenceEqual(other.Parameters));
            stream.Write(new byte[1000]);
        });

        Assert.Equal(["model"], _folder.Names);
        Assert.Equal(new byte[1000], File.ReadAllBytes(Target));
    }

    [Fact]
    public void Saves_from_many_threads_leave_one_whole_file_and_nothing_else()
    {
        Plain[] models = [.. Enumerable.Range(0, 4).Select(seed => new Plain(seed))];

        Parallel.For(0, 200, k => models[k % models.Length].Save(Target));

        Plain loaded = Plain.Load(Target);
        Assert.Contains(models, model => model.Parameters.SequenceEqual(loaded.Parameters));
        Assert.Equal(["model"], _folder.Names);
    }

    [Fact]
    public async Task A_reader_never_meets_a_lock()
    {
        _model.Save(Target);
        using var stop = new CancellationTokenSource();
        Task writer = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _model.Save(Target);
            }
        });

        for (int k = 0; k < 300; k++)
        {
            Plain.Load(Target);
        }

        await stop.CancelAsync();
        await writer;
    }

    [Fact]
    public void What_is_put_in_the_way_under_such_a_name_is_not_waited_for()
    {
        Directory.CreateDirectory(_folder.File(TemporaryFile.Prefix(Target) + "1-0123456789abcdef.tmp"));
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(_folder.File(TemporaryFile.Prefix(Target) + "1-1123456789abcdef.tmp"), "/dev/null");
        }

        _model.Save(Target);

        Assert.True(File.Exists("/dev/null") || OperatingSystem.IsWindows());
        Assert.Contains("model", _folder.Names);
    }

    private string Leftover(string target)
    {
        string path = _folder.File($"{TemporaryFile.Prefix(target)}4711-{Random.Shared.NextInt64():x16}.tmp");
        File.WriteAllBytes(path, new byte[100]);

        // Windows takes new ones for those of a process that is just about to rename them.
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
        return path;
    }
}
