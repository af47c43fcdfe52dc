using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RnnGen.Samples.Tests;

/// <summary>Signals of a Unix, by the calls of the C library.</summary>
internal static class Signals
{
    public const int Interrupt = 2;

    public const int Kill = 9;

    // The structure of sigaction differs from system to system; here it is only kept, and is shorter than this everywhere.
    private const int ActionSize = 512;

    /// <summary>Starts a process that an interrupt stops, even where this one ignores interrupts: what a process ignores, its children ignore.</summary>
    /// <remarks>A shell starts so what it runs in the background of a script.</remarks>
    public static void StartInterruptible(Process process)
    {
        const nint Default = 0;
        var kept = new byte[ActionSize];
        Check(Action(Interrupt, null, kept));
        SetHandler(Interrupt, Default);
        try
        {
            process.Start();
        }
        finally
        {
            Check(Action(Interrupt, kept, null));
        }
    }

    /// <summary>Sends a signal to a process, which may have ended.</summary>
    public static void Send(Process process, int signal)
    {
        if (SendTo(process.Id, signal) != 0 && !process.HasExited)
        {
            throw new Win32Exception();
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception();
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendTo(int process, int signal);

    [DllImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    private static extern int Action(int signal, byte[]? action, byte[]? before);

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint SetHandler(int signal, nint handler);
}
