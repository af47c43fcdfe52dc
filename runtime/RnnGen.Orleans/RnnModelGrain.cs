using System.Diagnostics;
using Orleans;
using Orleans.Runtime;

namespace RnnGen.Orleans;

/// <inheritdoc cref="IRnnModelGrain"/>
[GrainType("rnn-model")]
internal sealed class RnnModelGrain : Grain, IRnnModelGrain
{
    // Of a silo that was killed, the others know after some seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StreamModels _models;
    private readonly RnnModelServiceClient _silos;
    private GrainStore<StoredModel> _store = null!;
    private StoredModel _current = new();

    public RnnModelGrain(StreamModels models, RnnModelServiceClient silos)
    {
        _models = models;
        _silos = silos;
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        ServedModel model = _models.Require(this.GetPrimaryKeyString());
        _store = new GrainStore<StoredModel>(_models.StorageOf(model), this, "weights");
        await Read();
        if (_current.Version == 0)
        {
            await Store(model.InitialWeights());
        }
    }

    public Task<StoredModel> Get() => Task.FromResult(_current);

    public async Task<int> Publish(byte[] weights)
    {
        if (!_store.IsKnown)
        {
            await Read();
        }

        if (!weights.AsSpan().SequenceEqual(_current.Weights))
        {
            await Store(weights);
        }

        await TellSilos(_current);
        return _current.Version;
    }

    private async Task Read()
    {
        await _store.Read();
        _current = _store.Value ?? new StoredModel();
    }

    private async Task Store(byte[] weights)
    {
        // What does not fit is refused here, and stored nowhere.
        var next = new StoredModel { Version = _current.Version + 1, Weights = weights };
        _models.Require(this.GetPrimaryKeyString()).Check(next);
        await _store.Write(next);
        _current = next;
    }

    /// <summary>
    /// Every silo that the table of members has loads the weights. One that joins later fetches them before its first step. One that fails is asked again, until it is no member any more.
    /// </summary>
    private async Task TellSilos(StoredModel model)
    {
        var told = new HashSet<SiloAddress>();
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            Dictionary<SiloAddress, SiloStatus> members = await GrainFactory.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
            SiloAddress[] missing = [.. members.Keys.Where(silo => !told.Contains(silo))];
            if (missing.Length == 0)
            {
                return;
            }

            string[] failures = [.. (await Task.WhenAll(missing.Select(async silo => await TellSilo(silo, model, told)))).OfType<string>()];
            if (failures.Length > 0)
            {
                if (Stopwatch.GetElapsedTime(start) > Patience)
                {
                    throw new RnnStreamException(RnnStreamError.Unconfirmed, $"Version {model.Version} is stored, but {failures.Length} silos have not confirmed it: {failures[0]}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    /// <returns>Why it failed, or null.</returns>
    private async Task<string?> TellSilo(SiloAddress silo, StoredModel model, HashSet<SiloAddress> told)
    {
        try
        {
            await _silos.Load(silo, this.GetPrimaryKeyString(), model).WaitAsync(TimeSpan.FromSeconds(5));
            told.Add(silo);
            return null;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or RnnStreamException)
        {
            return $"{silo}: {e.Message}";
        }
    }
}
