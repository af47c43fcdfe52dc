using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks;

/// <summary>A peer in a shared library with the functions of benchmarks/peers/peer.h.</summary>
internal sealed unsafe class NativePeer : Peer
{
    private const string OnnxRuntime = "onnxruntime";

    private readonly delegate* unmanaged<byte*> _error;
    private readonly delegate* unmanaged<PeerModel*, void*> _create;

    /// <exception cref="PeerMissingException">The library is not there, or lacks what it needs.</exception>
    public NativePeer(string name)
        : base(name)
    {
        if (name == OnnxRuntime)
        {
            // The peer asks for it by its name, which is known then.
            NativeLibrary.TryLoad(PeerFiles.OnnxRuntime, out _);
        }

        if (!NativeLibrary.TryLoad(PeerFiles.Library(name), out nint library))
        {
            throw new PeerMissingException($"{PeerFiles.Library(name)} is missing or does not load; benchmarks/peers/setup.sh builds it");
        }

        _error = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "peer_error");
        _create = (delegate* unmanaged<PeerModel*, void*>)NativeLibrary.GetExport(library, "peer_create");
        Destroy = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(library, "peer_destroy");
        Stream = (delegate* unmanaged<void*, float*, float*, long, void>)NativeLibrary.GetExport(library, "peer_stream");
        Sequence = (delegate* unmanaged<void*, float*, float*, long, void>)NativeLibrary.GetExport(library, "peer_sequence");
        Train = (delegate* unmanaged<void*, float*, float*, float*, long, void>)NativeLibrary.GetExport(library, "peer_train");
        var version = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "peer_version");
        Version = Marshal.PtrToStringUTF8((nint)version()) ?? throw new PeerMissingException(Error);
    }

    public override string Version { get; }

    public delegate* unmanaged<void*, void> Destroy { get; }

    public delegate* unmanaged<void*, float*, float*, long, void> Stream { get; }

    public delegate* unmanaged<void*, float*, float*, long, void> Sequence { get; }

    public delegate* unmanaged<void*, float*, float*, float*, long, void> Train { get; }

    private string Error => Marshal.PtrToStringUTF8((nint)_error()) ?? "";

    public override Work Create(Workload workload)
    {
        if (workload.Adam)
        {
            throw new NotSupportedException("it has no optimizer");
        }

        Shape shape = workload.Shape;
        bool isOnnx = Name == OnnxRuntime && !workload.Mode.Trains();
        WeightFormat format = workload.Stored.Layers is [WeightFormat one] ? one : throw new NotSupportedException("it has one format for all layers");
        bool isAble = (Name, format) switch
        {
            (_, WeightFormat.Float32) => true,
            ("onednn", WeightFormat.BFloat16) => true,
            ("onednn" or OnnxRuntime, WeightFormat.Int8) => shape.Cell == Cell.Lstm,
            _ => false,
        };
        if (!isAble)
        {
            throw new NotSupportedException("it does not have this format");
        }

        byte[] onnx = isOnnx ? OnnxModel.Write(shape, workload.Weights, workload.Mode.Streams(), quantized: format == WeightFormat.Int8) : [];
        fixed (float* weights = workload.Weights)
        fixed (byte* bytes = onnx)
        {
            var model = new PeerModel
            {
                Cell = (int)shape.Cell,
                Mode = workload.Mode.Streams() ? 0 : workload.Mode == Mode.Sequence ? 1 : 2,
                Layers = shape.Layers,
                Input = shape.Input,
                Hidden = shape.Hidden,
                Output = shape.Output,
                Steps = shape.Steps,
                Batch = workload.Batch,
                Streams = workload.Streams,
                Format = format switch { WeightFormat.Float32 => 0, WeightFormat.BFloat16 => 1, _ => 2 },
                Weights = weights,
                Onnx = bytes,
                OnnxLength = onnx.Length,
            };
            void* peer = _create(&model);
            return peer != null ? new NativeWork(this, peer, workload) : throw new NotSupportedException(Error);
        }
    }

    /// <summary>As in peer.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PeerModel
    {
        public int Cell;
        public int Mode;
        public int Layers;
        public int Input;
        public int Hidden;
        public int Output;
        public int Steps;
        public int Batch;
        public int Streams;
        public int Format;
        public float* Weights;
        public void* Onnx;
        public long OnnxLength;
    }
}
