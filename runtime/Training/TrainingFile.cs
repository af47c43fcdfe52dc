using RnnGen.Checkpoints;
using RnnGen.CompilerServices;

namespace RnnGen.Training;

/// <summary>What a trainer's file has beside the model: tensors whose names begin with <c>training:</c>.</summary>
internal static class TrainingFile
{
    private const string Prefix = Checkpoint.TrainingPrefix;

    public static void Save<TState>(string path, ModelWeights weights, Optimizer optimizer, Tape tape, long skipped, FitProgress<TState> progress)
        where TState : State
    {
        SchedulePosition schedule = optimizer.Schedule;
        DataWalk? walk = progress.Walk;
        List<TensorToWrite> tensors =
        [
            .. optimizer.Moments.SelectMany(moment => weights.Parameters.Select(p => Checkpoint.Packed(p, MomentName(moment, p), moment.Values.Span))),
            Integers("counters", optimizer.Updates, skipped, progress.Updates, progress.BestUpdate, progress.Waited),
            Integers("schedule.counters", schedule.Waited, schedule.Cooldown),
            Floats("schedule", schedule.Initial, schedule.Best),
            new TensorToWrite(Prefix + "best_loss", [1], [progress.BestLoss]),
            Integers("random", unchecked((long)tape.RandomState)),
        ];
        if (walk is not null)
        {
            tensors.Add(Integers("data", (int)walk.Order, walk.Count, walk.Position, unchecked((long)walk.Random), unchecked((long)walk.Epoch)));
        }

        tensors.Add(Integers("lanes", progress.Lanes.Length));
        for (int lane = 0; lane < progress.Lanes.Length; lane++)
        {
            State state = progress.Lanes[lane];
            tensors.AddRange(state.Names.Select(name => new TensorToWrite(LaneName(lane, name), [state[name].Length], state[name].ToArray())));
        }

        if (progress.BestWeights is float[] best)
        {
            tensors.AddRange(weights.Parameters.Select(p => Checkpoint.Packed(p, BestName(p), best)));
        }

        Checkpoint.Save(weights, path, tensors);
    }

    /// <summary>Reads and checks the whole file before the first change.</summary>
    public static (long Skipped, FitProgress<TState> Progress) Resume<TState>(string path, ModelWeights weights, Optimizer optimizer, Tape tape, Func<TState> createState)
        where TState : State
    {
        Checkpoint.Content model = Checkpoint.Read(weights, path);
        SafetensorsFile file = model.File;
        if (!file.Tensors.ContainsKey(Prefix + "counters"))
        {
            throw new CheckpointException(CheckpointReason.TrainingState, path, $"expected a trainer's file, found one of a model alone; Trainer.Save writes the other kind.");
        }

        long[] counters = Counters(file, "counters", 5);
        long[] scheduleCounters = Counters(file, "schedule.counters", 2);
        float[] schedule = ReadFloats(file);
        long random = ReadIntegers(file, "random", 1)[0];
        CheckMoments(file, optimizer);
        float[][][] moments = [.. optimizer.Moments.Select(moment => weights.Parameters.Select(p => Checkpoint.Read(file, MomentName(moment, p), p)).ToArray())];
        var progress = new FitProgress<TState>
        {
            Updates = counters[2],
            BestUpdate = counters[3],
            Waited = counters[4],
            BestLoss = ReadBestLoss(file),
            Walk = ReadWalk(file),
            Lanes = ReadLanes(file, createState),
            BestWeights = ReadBestWeights(file, weights),
        };

        model.ApplyTo(weights);
        foreach ((Moment moment, float[][] values) in optimizer.Moments.Zip(moments))
        {
            moment.Values.Span.Clear();
            foreach ((Parameter parameter, float[] rowMajor) in weights.Parameters.Zip(values))
            {
                parameter.Write(rowMajor, moment.Values.Span);
            }
        }

        tape.RandomState = unchecked((ulong)random);
        optimizer.Updates = counters[0];
        optimizer.Schedule.Initial = schedule[0];
        optimizer.Schedule.Best = schedule[1];
        optimizer.Schedule.Waited = scheduleCounters[0];
        optimizer.Schedule.Cooldown = scheduleCounters[1];
        return (counters[1], progress);
    }

    /// <summary>Another optimizer's moments would be left unread: Adam can make something of RMSprop's, but nothing good.</summary>
    private static void CheckMoments(SafetensorsFile file, Optimizer optimizer)
    {
        var known = optimizer.Moments.Select(moment => moment.Name).ToHashSet();
        const string MomentPrefix = Prefix + "moment:";
        foreach (SafetensorsTensor tensor in file.Tensors.Values.Where(t => t.Name.StartsWith(MomentPrefix, StringComparison.Ordinal)))
        {
            string name = tensor.Name[MomentPrefix.Length..].Split(':')[0];
            if (!known.Contains(name))
            {
                throw tensor.Wrong(CheckpointReason.TrainingState, $"expected the moments of {optimizer.Settings.GetType().Name} ({string.Join(", ", known)}), found those of another optimizer.");
            }
        }
    }

    private static string MomentName(Moment moment, Parameter parameter) => $"{Prefix}moment:{moment.Name}:{parameter.FullName}";

    private static string LaneName(int lane, string state) => FormattableString.Invariant($"{Prefix}lane{lane}:{state}");

    private static string BestName(Parameter parameter) => $"{Prefix}best:{parameter.FullName}";

    private static TensorToWrite Integers(string name, params long[] values) => new(Prefix + name, [values.Length], values);

    private static TensorToWrite Floats(string name, params float[] values) => new(Prefix + name, [values.Length], values);

    private static long[] ReadIntegers(SafetensorsFile file, string name, int count)
    {
        var values = new long[count];
        file[Prefix + name].CopyTo(values.AsSpan());
        return values;
    }

    private static long[] Counters(SafetensorsFile file, string name, int count)
    {
        long[] values = ReadIntegers(file, name, count);
        return values.Min() >= 0 ? values : throw file[Prefix + name].Wrong(CheckpointReason.TrainingState, $"expected counts, found {values.Min()}.");
    }

    private static float[] ReadFloats(SafetensorsFile file)
    {
        var values = new float[2];
        SafetensorsTensor tensor = file[Prefix + "schedule"];
        tensor.CopyTo(values.AsSpan());
        return values[0] is >= 0 and < float.PositiveInfinity && !float.IsNaN(values[1])
            ? values
            : throw tensor.Wrong(CheckpointReason.TrainingState, $"expected a learning rate and a loss, found {values[0]} and {values[1]}.");
    }

    private static double ReadBestLoss(SafetensorsFile file)
    {
        var value = new double[1];
        SafetensorsTensor tensor = file[Prefix + "best_loss"];
        tensor.CopyTo(value.AsSpan());
        return double.IsNaN(value[0]) ? throw tensor.Wrong(CheckpointReason.TrainingState, $"expected a loss, found NaN.") : value[0];
    }

    private static DataWalk? ReadWalk(SafetensorsFile file)
    {
        if (!file.Tensors.ContainsKey(Prefix + "data"))
        {
            return null;
        }

        long[] data = ReadIntegers(file, "data", 5);
        bool sound = data[0] is >= 0 and <= (int)DataOrder.Sequential && data[1] is >= 1 and <= int.MaxValue && data[2] >= 0 && data[2] <= data[1];
        return sound
            ? new DataWalk((DataOrder)data[0], (int)data[1], unchecked((ulong)data[3]), unchecked((ulong)data[4]), (int)data[2])
            : throw file[Prefix + "data"].Wrong(CheckpointReason.TrainingState, $"expected order, number of windows and position, found {data[0]}, {data[1]} and {data[2]}.");
    }

    private static TState[] ReadLanes<TState>(SafetensorsFile file, Func<TState> createState)
        where TState : State
    {
        const int Most = 1_000_000;
        long count = Counters(file, "lanes", 1)[0];
        if (count > Most)
        {
            throw file[Prefix + "lanes"].Wrong(CheckpointReason.TrainingState, $"expected at most {Most} lanes, found {count}.");
        }

        List<TState> lanes = [];
        for (int lane = 0; lane < count; lane++)
        {
            TState state = createState();
            foreach (string name in state.Names)
            {
                file[LaneName(lane, name)].CopyTo(state[name]);
            }

            lanes.Add(state);
        }

        return [.. lanes];
    }

    private static float[]? ReadBestWeights(SafetensorsFile file, ModelWeights weights)
    {
        if (!file.Tensors.Keys.Any(name => name.StartsWith(Prefix + "best:", StringComparison.Ordinal)))
        {
            return null;
        }

        var packed = new float[weights.Values.Length];
        foreach (Parameter parameter in weights.Parameters)
        {
            parameter.Write(Checkpoint.Read(file, BestName(parameter), parameter), packed);
        }

        return packed;
    }
}
