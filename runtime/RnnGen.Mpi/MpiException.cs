namespace RnnGen.Mpi;

/// <summary>Open MPI is not there although a launcher started this process, or refused a call.</summary>
public sealed class MpiException : Exception
{
    internal MpiException(string message)
        : base(message)
    {
    }
}
