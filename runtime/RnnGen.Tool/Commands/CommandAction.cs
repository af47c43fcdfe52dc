using RnnGen.Tool.Import;

namespace RnnGen.Tool.Commands;

/// <summary>What all commands do with errors: one message on standard error, and exit code 1.</summary>
internal static class CommandAction
{
    /// <summary>Runs a command.</summary>
    /// <param name="action">The command; it returns the exit code.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>The exit code.</returns>
    public static int Run(Func<int> action, TextWriter error)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is ImportException or CheckpointException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }
}
