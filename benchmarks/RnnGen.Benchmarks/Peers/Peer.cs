namespace RnnGen.Benchmarks;

/// <summary>An implementation with which ours is compared.</summary>
internal abstract class Peer(string name) : IDisposable
{
    public string Name => name;

    /// <summary>Its name and version, for the report.</summary>
    public abstract string Version { get; }

    /// <summary>Its side of a workload.</summary>
    /// <exception cref="NotSupportedException">It cannot do such work; the message says why.</exception>
    public abstract Work Create(Workload workload);

    public virtual void Dispose()
    {
    }
}

/// <summary>All peers by name; one that is not installed says so when it is opened.</summary>
internal static class AllPeers
{
    public static IReadOnlyList<string> Names { get; } = ["cpp", "onnxruntime", "onednn", "pytorch", "scalar", "tensorprimitives"];

    /// <exception cref="PeerMissingException">It is not installed.</exception>
    public static Peer Open(string name) => name switch
    {
        "pytorch" => new PyTorchPeer(),
        "scalar" => new ManagedPeer(name, "C# loops over arrays, MathF", (shape, weights) => new ScalarNetwork(shape, weights)),
        "tensorprimitives" => new ManagedPeer(
            name,
            $"System.Numerics.Tensors {typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.GetName().Version?.ToString(3)}",
            (shape, weights) => new TensorPrimitivesNetwork(shape, weights)),
        _ => new NativePeer(name),
    };
}

internal sealed class PeerMissingException(string message) : Exception(message);
