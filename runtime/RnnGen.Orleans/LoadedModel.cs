using System.Runtime.InteropServices;
using RnnGen.Checkpoints;

namespace RnnGen.Orleans;

/// <summary>One version of the weights of a model.</summary>
/// <param name="model">The model.</param>
/// <param name="version">The version.</param>
internal sealed class LoadedModel<TInput>(IRnnStreamingModel<TInput> model, int version)
{
    // A step is taken by one thread, and never waits.
    private readonly ThreadLocal<State> _states = new(model.CreateState);

    public int Version => version;

    /// <summary>The checksum of inputs.</summary>
    public static uint ChecksumOf(TInput[] inputs) =>
        Checksum.Of((object)inputs is float[] numbers ? MemoryMarshal.AsBytes(numbers.AsSpan()) : MemoryMarshal.AsBytes(((int[])(object)inputs).AsSpan()));

    /// <summary>Takes the next step of a stream.</summary>
    /// <param name="record">The stream, which is not changed.</param>
    /// <param name="inputs">The inputs.</param>
    /// <returns>The stream after the step.</returns>
    /// <exception cref="RnnStreamException">The step is refused.</exception>
    public StreamRecord Step(StreamRecord record, TInput[] inputs)
    {
        State state = _states.Value!;
        Restore(state, record);
        var outputs = new float[model.OutputSize];
        try
        {
            model.Step(state, inputs, outputs);
        }
        catch (ArgumentException e)
        {
            throw new RnnStreamException(RnnStreamError.Input, e.Message);
        }

        if (!state.IsFinite)
        {
            throw new RnnStreamException(RnnStreamError.NotFinite, $"The state would not be finite after step {record.Number + 1}.");
        }

        return new StreamRecord(record.Number + 1, version, ChecksumOf(inputs), outputs, state.ToBytes());
    }

    private static void Restore(State state, StreamRecord record)
    {
        if (record.Number == 0)
        {
            state.Reset();
            return;
        }

        try
        {
            state.Restore(record.State);
        }
        catch (ArgumentException e)
        {
            throw new RnnStreamException(RnnStreamError.Model, e.Message);
        }
    }
}
