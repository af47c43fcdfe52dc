namespace RnnGen.Mpi.Tests;

[RnnModel(inputSize: 2, sequenceLength: 40), Gru(32), Linear(1)]
internal sealed partial class Network;

/// <summary>What needs no MPI. <c>.ci/together</c> has the rest.</summary>
public sealed class MpiGroupTests
{
    [Fact]
    public void Without_a_launcher_there_is_one_process_and_its_exit_code()
    {
        int code = MpiGroup.Run(group =>
        {
            Assert.Equal((1, 0, true), (group.Size, group.Rank, group.IsFirst));
            return 7;
        });

        Assert.Equal(7, code);
    }

    [Fact]
    public void Without_a_launcher_an_exception_passes_through() =>
        Assert.Equal("mine", Assert.Throws<IOException>(() => MpiGroup.Run(_ => throw new IOException("mine"))).Message);

    [Fact]
    public void One_process_has_all_parts()
    {
        MpiGroup.Run(group =>
        {
            byte[] values = [1, 2, 3];
            group.AllGather(values, [0, 3]);
            Assert.Equal([1, 2, 3], values);

            byte[] received = [9, 9, 9, 9];
            group.AllToAll(values, [1, 3], received, [2, 4]);
            Assert.Equal([9, 9, 2, 3], received);
            return 0;
        });
    }

    [Fact]
    public void A_group_of_one_trains_as_no_group_does()
    {
        float[] alone = Train(null);

        Assert.Equal(0, MpiGroup.Run(group =>
        {
            Assert.Equal(alone, Train(group));
            return 0;
        }));
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE", true)]
    [InlineData("PMIX_RANK", true)]
    [InlineData("SLURM_NTASKS", false)]
    public void A_launcher_is_known_by_its_variables(string set, bool isOpenMpi) =>
        Assert.Equal(isOpenMpi, Launcher.IsOpenMpi(name => name == set ? "1" : null));

    [Fact]
    public void A_launcher_of_another_MPI_is_refused()
    {
        Assert.False(Launcher.IsOpenMpi(name => name == "PMI_SIZE" ? "1" : null));
        MpiException e = Assert.Throws<MpiException>(() => Launcher.IsOpenMpi(name => name == "PMI_SIZE" ? "2" : null));
        Assert.Contains("start the program with Open MPI's mpirun", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_there_is_said()
    {
        MpiException e = Assert.Throws<MpiException>(() => OpenMpi.Load("libabsent.so.40", "libabsent.so"));
        Assert.Contains("looked for libabsent.so.40 and libabsent.so. Install it (Debian: openmpi-bin)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_library_is_said()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is that of Linux.");
        MpiException e = Assert.Throws<MpiException>(() => OpenMpi.Load("libc.so.6"));
        Assert.Contains("'libc.so.6' has no 'ompi_mpi_comm_world'", e.Message, StringComparison.Ordinal);
    }

    private static float[] Train(MpiGroup? group)
    {
        var random = new Random(1);
        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        var data = new Sequences<float, float>([.. Enumerable.Range(0, 6).Select(_ => Numbers(80))], [.. Enumerable.Range(0, 6).Select(_ => Numbers(40))]);
        using Network.Trainer trainer = new Network(seed: 1).CreateTrainer(new Adam(0.01f));
        trainer.Workers = 2;
        trainer.Group = group;
        trainer.Fit(data, null, new FitOptions { Updates = 5, BatchSize = 6 });
        return trainer.Model.Parameters.ToArray();
    }
}
