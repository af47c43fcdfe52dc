using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace RnnGen.Orleans;

/// <inheritdoc cref="IRnnStreamGrain{TInput}"/>
[GrainType("rnn-stream`1")]
internal sealed class RnnStreamGrain<TInput> : Grain, IRnnStreamGrain<TInput>
{
    private readonly StreamModels _models;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private ServedModel<TInput> _model = null!;
    private GrainStore<StoredStream> _store = null!;

    // After the last step that was answered, or stored without an answer; null before it was read.
    private StreamRecord? _record;

    // The number of the last step that is stored.
    private long _stored;

    // When the first step was answered that is not stored.
    private long _unstoredSince;
    private IGrainTimer? _timer;

    public RnnStreamGrain(StreamModels models, TimeProvider clock, ILogger<RnnStreamGrain<TInput>> logger)
    {
        _models = models;
        _clock = clock;
        _logger = logger;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Callers get an exception of this method as it is; one of the constructor is wrapped.
        _model = _models.Require<TInput>(StreamKey.ModelOf(this.GetPrimaryKeyString()));
        _store = new GrainStore<StoredStream>(_models.StorageOf(_model), this, "stream");
        return Task.CompletedTask;
    }

    public async Task<StreamAnswer> Step(long number, TInput[] inputs)
    {
        StreamRecord record = await Known();
        if (number == record.Number && number > 0)
        {
            return LoadedModel<TInput>.ChecksumOf(inputs) == record.Inputs
                ? Answer(record)
                : throw Refused(RnnStreamError.Conflict, $"Step {number} was taken with other inputs.");
        }

        if (number != record.Number + 1)
        {
            throw number > record.Number
                ? Refused(RnnStreamError.Gap, $"Expected step {record.Number + 1}, found {number}: the steps before it are missing.")
                : Refused(RnnStreamError.Old, $"Expected step {record.Number + 1}, or {record.Number} again, found {number}, whose answer is not kept.");
        }

        await _model.Fetch(record.Version, GrainFactory);
        StreamRecord next = _model.Current.Step(record, inputs);
        if (IsDue(next))
        {
            await Store(next);
        }
        else
        {
            StoreLater();
        }

        _record = next;
        return Answer(next);
    }

    public async Task<StreamPosition> GetPosition() => new((await Known()).Number, _stored);

    public async Task End()
    {
        // Also one that is damaged, or of another model.
        if (!_store.IsKnown)
        {
            await _store.Read();
        }

        if (_store.Value is not null)
        {
            await _store.Clear();
        }

        _record = StreamRecord.Start;
        _stored = 0;
        DeactivateOnIdle();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            await StoreRest();
        }
        catch (RnnStreamException e)
        {
            _logger.LogError(e, "A stream was deactivated and cannot be stored: its answered steps after step {Stored} are lost.", _stored);
        }
    }

    /// <summary>The stream, which is read if it is not known what is stored.</summary>
    private async Task<StreamRecord> Known()
    {
        if (_store.IsKnown && _record is not null)
        {
            return _record;
        }

        // Answered steps that are not stored stay, unless another activation has stored others.
        if (await _store.Read() || _record is null)
        {
            _record = null;
            _record = _store.Value is { Record.Length: > 0 } stored ? StreamRecord.Parse(stored.Record) : StreamRecord.Start;
            _stored = _record.Number;
        }

        return _record;
    }

    private bool IsDue(StreamRecord next)
    {
        StreamPersistence policy = _model.Persistence;
        return next.Number - _stored >= policy.Steps
            || (policy.Time > TimeSpan.Zero && _record!.Number > _stored && _clock.GetElapsedTime(_unstoredSince) >= policy.Time);
    }

    private async Task Store(StreamRecord record)
    {
        await _store.Write(new StoredStream { Record = record.ToBytes() });
        _stored = record.Number;
    }

    private async Task StoreRest()
    {
        // A write that failed may have been done.
        if (_record is not null && await Known() is StreamRecord record && record.Number > _stored)
        {
            await Store(record);
        }
    }

    /// <summary>A stream that gets no further steps is stored in time, too.</summary>
    private void StoreLater()
    {
        TimeSpan time = _model.Persistence.Time;
        if (time <= TimeSpan.Zero || _record!.Number > _stored)
        {
            return;
        }

        _unstoredSince = _clock.GetTimestamp();
        _timer ??= this.RegisterGrainTimer(StoreInTime, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _timer.Change(time, Timeout.InfiniteTimeSpan);
    }

    private async Task StoreInTime()
    {
        try
        {
            await StoreRest();
        }
        catch (RnnStreamException e)
        {
            _logger.LogWarning(e, "A stream cannot be stored; it is tried again.");
            _timer!.Change(_model.Persistence.Time, Timeout.InfiniteTimeSpan);
        }
    }

    private StreamAnswer Answer(StreamRecord record) => new(record.Number, record.Outputs, record.Version, _stored);

    private RnnStreamException Refused(RnnStreamError error, string message) => new(error, message, (_record?.Number ?? 0) + 1);
}
