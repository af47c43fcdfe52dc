namespace RnnGen.Mpi;

/// <summary>Whether this process is one of several, as the launcher says in the environment.</summary>
internal static class Launcher
{
    /// <summary>Whether Open MPI connects this process with others; if not, it is alone, and needs no MPI.</summary>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <exception cref="MpiException">A launcher of another MPI started it: it would train alone, as often as there are processes.</exception>
    public static bool IsOpenMpi(Func<string, string?> variable)
    {
        // Those of mpirun, and of launchers that Open MPI understands, such as srun --mpi=pmix.
        if (variable("OMPI_COMM_WORLD_SIZE") is not null || variable("PMIX_RANK") is not null)
        {
            return true;
        }

        // Those of MPICH and its relatives.
        return variable("PMI_SIZE") is null or "1"
            ? false
            : throw new MpiException("Expected processes of Open MPI, found those of another MPI (PMI_SIZE is set): start the program with Open MPI's mpirun, or with srun --mpi=pmix.");
    }
}
