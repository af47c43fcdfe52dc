using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using RnnGen.Orleans;

namespace RnnGen.Tests.Clusters;

internal enum Fault
{
    None,

    /// <summary>It cannot be reached.</summary>
    Gone,

    /// <summary>What is written is stored, but the answer is lost.</summary>
    AnswerLost,
}

/// <summary>Grain storage in memory, of all silos, that fails for the keys that a test names.</summary>
internal sealed class FaultyStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Tag, object Value)> _values = new();
    private readonly ConcurrentDictionary<string, (Fault Fault, int Times)> _faults = new();
    private int _tag;

    /// <summary>Number of writes of each key.</summary>
    public ConcurrentDictionary<string, int> Writes { get; } = new();

    /// <summary>The next calls for a key fail.</summary>
    public void Fail(string key, Fault fault, int times = int.MaxValue) => _faults[key] = (fault, times);

    /// <summary>What is stored of a stream; null if nothing is.</summary>
    public StreamRecord? Record(string key) => _values.TryGetValue(key, out (string Tag, object Value) found) ? StreamRecord.Parse(((StoredStream)found.Value).Record) : null;

    /// <summary>Stores bytes of a stream behind the back of its grain.</summary>
    public void Put(string key, byte[] record) => _values[key] = ($"{Interlocked.Increment(ref _tag)}", new StoredStream { Record = record });

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        string key = grainId.Key.ToString()!;
        if (FaultOf(key) == Fault.Gone)
        {
            throw new IOException("The storage is gone.");
        }

        grainState.RecordExists = _values.TryGetValue(key, out (string Tag, object Value) found);
        grainState.ETag = grainState.RecordExists ? found.Tag : null;
        grainState.State = grainState.RecordExists ? (T)found.Value : default!;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Change(grainId, grainState, key =>
    {
        string tag = $"{Interlocked.Increment(ref _tag)}";
        _values[key] = (tag, grainState.State!);
        Writes.AddOrUpdate(key, 1, (_, count) => count + 1);
        return tag;
    });

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Change(grainId, grainState, key =>
    {
        _values.TryRemove(key, out _);
        return null;
    });

    private Task Change<T>(GrainId grainId, IGrainState<T> grainState, Func<string, string?> change)
    {
        string key = grainId.Key.ToString()!;
        Fault fault = FaultOf(key);
        string? tag = _values.TryGetValue(key, out (string Tag, object Value) found) ? found.Tag : null;
        if (tag != grainState.ETag && fault != Fault.Gone)
        {
            throw new InconsistentStateException($"Expected the tag {grainState.ETag}, found {tag}.");
        }

        string? next = fault == Fault.Gone ? null : change(key);
        if (fault != Fault.None)
        {
            throw new IOException("The storage is gone.");
        }

        grainState.ETag = next;
        grainState.RecordExists = next is not null;
        return Task.CompletedTask;
    }

    private Fault FaultOf(string key)
    {
        if (!_faults.TryGetValue(key, out (Fault Fault, int Times) fault) || fault.Times == 0)
        {
            return Fault.None;
        }

        _faults[key] = (fault.Fault, fault.Times - 1);
        return fault.Fault;
    }
}
