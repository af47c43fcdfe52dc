using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace RnnGen.Orleans;

/// <summary>
/// What grain storage has of a grain. A write that fails may have been done nevertheless: after an error, it is not known what is stored until it is read again.
/// </summary>
/// <param name="storage">The storage.</param>
/// <param name="grain">The grain.</param>
/// <param name="name">The name of the state.</param>
internal sealed class GrainStore<T>(IGrainStorage storage, IGrainBase grain, string name)
    where T : new()
{
    private readonly GrainState<T> _state = new();
    private bool _wasRead;

    /// <summary>Whether it is known what is stored.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>What is stored; null if there is nothing.</summary>
    public T? Value => _state.RecordExists ? _state.State : default;

    /// <summary>Reads what is stored.</summary>
    /// <returns>Whether it is something else than what this grain has read or written before, as far as it knows.</returns>
    /// <exception cref="RnnStreamException">The storage failed.</exception>
    public async Task<bool> Read()
    {
        string? before = _state.ETag;
        await Try(() => storage.ReadStateAsync(name, grain.GrainContext.GrainId, _state), "read");
        bool isOther = !_wasRead || _state.ETag != before;
        _wasRead = true;
        return isOther;
    }

    /// <summary>Replaces what is stored.</summary>
    /// <exception cref="RnnStreamException">The storage failed.</exception>
    public Task Write(T value)
    {
        _state.State = value;
        return Try(() => storage.WriteStateAsync(name, grain.GrainContext.GrainId, _state), "written");
    }

    /// <summary>Removes what is stored.</summary>
    /// <exception cref="RnnStreamException">The storage failed.</exception>
    public Task Clear() => Try(() => storage.ClearStateAsync(name, grain.GrainContext.GrainId, _state), "removed");

    private async Task Try(Func<Task> call, string verb)
    {
        IsKnown = false;
        try
        {
            await call();
            IsKnown = true;
        }
        catch (Exception e)
        {
            if (e is InconsistentStateException)
            {
                // The stream has another activation, which has written: this one is not the one that calls should come to.
                grain.DeactivateOnIdle();
            }

            throw new RnnStreamException(RnnStreamError.Storage, $"'{grain.GrainContext.GrainId.Key}' cannot be {verb}: {e.GetType().Name}: {e.Message}");
        }
    }
}
