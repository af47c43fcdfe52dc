using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks;

/// <summary>Where benchmarks/peers is: beside the source that this program was built from.</summary>
internal static class PeerFiles
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "peers"));

    /// <summary>Debian's, to which Debian's package of PyTorch belongs, unless another one is set.</summary>
    public static string Python => Environment.GetEnvironmentVariable("RNNGEN_PYTHON") ?? "/usr/bin/python3";

    public static string Library(string peer) => Path.Combine(Folder, "build", $"libpeer_{peer}.so");

    /// <summary>In the NuGet package, where the build found it: copies for all platforms would be a few hundred megabytes.</summary>
    public static string OnnxRuntime => Path.Combine(
        typeof(PeerFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(OnnxRuntime)).Value!,
        "runtimes",
        $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}",
        "native",
        "libonnxruntime.so");

    public static string PyTorchScript => Path.Combine(Folder, "pytorch", "peer.py");

    public static string PyTorchCtcScript => Path.Combine(Folder, "pytorch", "ctc.py");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
