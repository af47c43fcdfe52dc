using System.Runtime.CompilerServices;

namespace RnnGen.Serving;

// Steps of several streams at once.
internal sealed partial class Shard<TKey, TInput>
{
    /// <summary>Takes steps: those of different streams as lanes of a batch, if there are batches; those of one stream one after the other.</summary>
    /// <param name="steps">The steps. One that fails does not touch the others.</param>
    /// <param name="some">Which of them, in their order. Afterwards, its content is of no use.</param>
    /// <param name="metrics">Is told the size of each batch.</param>
    public void Step<TSteps>(ref TSteps steps, Span<int> some, HostMetrics metrics)
        where TSteps : ISteps<TKey, TInput>, allows ref struct
    {
        while (_lanes is not null && some.Length > 0)
        {
            lock (Gate)
            {
                some = some[..StepTogether(ref steps, some, _lanes, metrics)];
            }
        }

        foreach (int step in some)
        {
            StepAlone(ref steps, step);
        }
    }

    /// <summary>Takes as many of some steps as one batch can have: at most one of each stream, and all with the same version.</summary>
    /// <returns>How many are left; they are now the first ones, in their order.</returns>
    private int StepTogether<TSteps>(ref TSteps steps, Span<int> some, LaneMemory<TInput> lanes, HostMetrics metrics)
        where TSteps : ISteps<TKey, TInput>, allows ref struct
    {
        long now = _options.TimeProvider.GetTimestamp();
        Served? served = null;
        int left = 0;
        lanes.Clear();
        foreach (int step in some)
        {
            try
            {
                ref Entry stream = ref Find(steps.Key(step));
                if (Unsafe.IsNullRef(ref stream))
                {
                    steps.Done(step, new StepResult(StreamStatus.Unknown, 0));
                }
                else if (lanes.IsFull || lanes.Has(stream.Row) || (served ?? _served[stream.Served]) != _served[stream.Served])
                {
                    some[left++] = step;
                }
                else
                {
                    lanes.Add(step, stream.Row, steps.Inputs(step));
                    served = _served[stream.Served];
                    stream.Used = now;
                }
            }
            catch (Exception e)
            {
                // Of the caller's comparer or memory.
                steps.Failed(step, e);
            }
        }

        if (served is not null)
        {
            metrics.Batched(lanes.Count);
            StepLanes(ref steps, lanes, served);
        }

        return left;
    }

    private void StepLanes<TSteps>(ref TSteps steps, LaneMemory<TInput> lanes, Served served)
        where TSteps : ISteps<TKey, TInput>, allows ref struct
    {
        if (lanes.Count == 1 || !TryCompute(lanes, served))
        {
            for (int lane = 0; lane < lanes.Count; lane++)
            {
                StepAlone(ref steps, lanes.StepOf(lane));
            }

            return;
        }

        Batch batch = served.Batch!;
        _steps += lanes.Count;
        for (int lane = 0; lane < lanes.Count; lane++)
        {
            int step = lanes.StepOf(lane);
            StreamStatus status = StreamStatus.Done;
            Span<float> row = _slab[lanes.RowOf(lane)];
            if (batch.IsFinite(lane))
            {
                batch.WriteRow(lane, row);
            }
            else
            {
                status = NotFinite(served.State, row);
            }

            try
            {
                lanes.CopyOutputs(lane, steps.Outputs(step));
                steps.Done(step, new StepResult(status, served.Version.Number));
            }
            catch (Exception e)
            {
                steps.Failed(step, e);
            }
        }
    }

    /// <summary>Computes a step of all lanes. If one has inputs that the model refuses, nothing was changed: each step is then taken alone, and gets its own answer.</summary>
    private bool TryCompute(LaneMemory<TInput> lanes, Served served)
    {
        Batch batch = served.Batch!;
        batch.Use(lanes.Count);
        for (int lane = 0; lane < lanes.Count; lane++)
        {
            batch.ReadRow(lane, _slab[lanes.RowOf(lane)]);
        }

        try
        {
            ((IRnnStreamingBatchModel<TInput>)served.Version.Model).Step(batch, lanes.Inputs, lanes.Outputs);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private void StepAlone<TSteps>(ref TSteps steps, int step)
        where TSteps : ISteps<TKey, TInput>, allows ref struct
    {
        try
        {
            StreamStatus status = Step(steps.Key(step), steps.Inputs(step), steps.Outputs(step), out int version);
            steps.Done(step, new StepResult(status, version));
        }
        catch (Exception e)
        {
            steps.Failed(step, e);
        }
    }
}
