using System.Runtime.CompilerServices;

namespace RnnGen.Benchmarks;

/// <summary>Where benchmarks/peers is: beside the source that this program was built from.</summary>
internal static class PeerFiles
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "peers"));

    /// <summary>Debian's, to which Debian's package of PyTorch belongs, unless another one is set.</summary>
    public static string Python => Environment.GetEnvironmentVariable("RNNGEN_PYTHON") ?? "/usr/bin/python3";

    public static string Library(string peer) => Path.Combine(Folder, "build", $"libpeer_{peer}.so");

    public static string PyTorchScript => Path.Combine(Folder, "pytorch", "peer.py");

    public static string PyTorchCtcScript => Path.Combine(Folder, "pytorch", "ctc.py");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
