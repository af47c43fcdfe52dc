using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks;

/// <summary>A native peer's side of a workload. Its memory is aligned and never moves.</summary>
internal sealed unsafe class NativeWork : LocalWork
{
    private readonly NativePeer _library;
    private readonly void* _peer;
    private readonly Workload _workload;
    private readonly float* _inputs;
    private readonly float* _outputGradients;
    private readonly float* _outputs;

    public NativeWork(NativePeer library, void* peer, Workload workload)
    {
        _library = library;
        _peer = peer;
        _workload = workload;
        _inputs = Copy(workload.Inputs, workload.Inputs.Length);
        _outputGradients = Copy(workload.OutputGradients, workload.OutputGradients.Length);
        _outputs = Copy([], workload.Shape.Steps * workload.Batch * workload.Shape.Width);
    }

    public override float[] Check()
    {
        Shape shape = _workload.Shape;
        if (_workload.Mode.Trains())
        {
            var gradients = new float[_workload.Weights.Length];
            fixed (float* target = gradients)
            {
                _library.Train(_peer, _inputs, _outputGradients, target, 1);
            }

            return gradients;
        }

        if (_workload.Mode == Mode.Sequence)
        {
            Do(1);
            return new ReadOnlySpan<float>(_outputs, shape.Steps * shape.Width).ToArray();
        }

        var all = new float[_workload.StepsToCheck * shape.Width];
        for (int k = 0; k < _workload.StepsToCheck; k++)
        {
            Do(1);
            new ReadOnlySpan<float>(_outputs, shape.Width).CopyTo(all.AsSpan(k * shape.Width));
        }

        return all;
    }

    public override void Dispose()
    {
        _library.Destroy(_peer);
        NativeMemory.AlignedFree(_inputs);
        NativeMemory.AlignedFree(_outputGradients);
        NativeMemory.AlignedFree(_outputs);
    }

    protected override void Do(int count)
    {
        if (_workload.Mode.Streams())
        {
            _library.Stream(_peer, _inputs, _outputs, count);
        }
        else if (_workload.Mode == Mode.Sequence)
        {
            _library.Sequence(_peer, _inputs, _outputs, count);
        }
        else
        {
            _library.Train(_peer, _inputs, _outputGradients, null, count);
        }
    }

    private static float* Copy(float[] values, int length)
    {
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)(length * sizeof(float)) + 64, 64);
        values.CopyTo(new Span<float>(memory, length));
        return memory;
    }
}
