using System.ComponentModel;
using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>What every generated model offers, whatever its sizes.</summary>
public interface IRnnModel
{
    /// <summary>The layers in the order in which data flows through them.</summary>
    IReadOnlyList<Layer> Layers { get; }

    /// <summary>The weights, packed as the kernels need them.</summary>
    ReadOnlySpan<float> Parameters { get; }

    /// <summary>The weights with their layout, for optimizers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    ModelWeights Weights { get; }

    /// <summary>Writes all parameters to a safetensors file. The file is complete or, on an error, as it was before.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    void Save(string path);

    /// <summary>Replaces all parameters by those of a safetensors file. On an error the model stays as it was.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
    void LoadWeights(string path);
}

/// <summary>What every generated model offers to code that is generic over models.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
/// <typeparam name="TState">Its streams.</typeparam>
/// <typeparam name="TTape">Its training memory.</typeparam>
public interface IRnnModel<TSelf, TState, TTape> : IRnnModel
    where TSelf : class, IRnnModel<TSelf, TState, TTape>
    where TState : State
    where TTape : Tape
{
    /// <summary>Numbers per step that go in, or the size of the vocabulary.</summary>
    static abstract int InputSize { get; }

    /// <summary>Numbers per step that come out.</summary>
    static abstract int OutputSize { get; }

    /// <summary>The longest window, in steps.</summary>
    static abstract int SequenceLength { get; }

    /// <summary>Number of trained numbers.</summary>
    static abstract long ParameterCount { get; }

    /// <summary>An untrained model.</summary>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    /// <returns>The model.</returns>
    static abstract TSelf Create(int seed);

    /// <summary>A model with the weights of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model.</returns>
    /// <exception cref="CheckpointException">The file cannot be read, or its tensors are not exactly the model's.</exception>
    static abstract TSelf Load(string path);

    /// <summary>A copy with weights of its own.</summary>
    /// <returns>The copy.</returns>
    TSelf Clone();

    /// <summary>The memory of one stream, all zero.</summary>
    /// <returns>The state.</returns>
    TState CreateState();

    /// <summary>The training memory of one worker.</summary>
    /// <returns>The tape.</returns>
    TTape CreateTape();
}
