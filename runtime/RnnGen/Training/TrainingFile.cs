using RnnGen.Checkpoints;
using RnnGen.CompilerServices;

namespace RnnGen.Training;

/// <summary>
/// What a trainer adds to the file of its model: tensors whose names begin with <c>training:</c>, and the text <c>rnngen.optimizer</c> that names
/// the optimizer of the moments.
/// </summary>
internal static class TrainingFile
{
    private const string Prefix = Checkpoint.TrainingPrefix;
    private const string OptimizerKey = "optimizer";
    private const string AverageStart = "average:";
    private const string BestStart = "best:";

    /// <summary>The file of a trainer.</summary>
    public static SafetensorsContent ContentOf(
        string path, ModelWeights weights, Optimizer optimizer, Tape tape, long skipped, FitProgress progress, ExponentialMovingAverage? average)
    {
        ScheduleProgress schedule = optimizer.ScheduleProgress;
        List<TensorToWrite> tensors =
        [
            .. optimizer.Moments.SelectMany(moment => Packed(weights, p => MomentName(moment, p), moment.Values.Span)),
            Integers("counters", optimizer.Updates, skipped, progress.Updates, progress.BestUpdate, progress.ValidationsWithoutImprovement),
            Integers("schedule.counters", schedule.ReportsWithoutImprovement, schedule.Cooldown),
            Floats("schedule", schedule.LearningRate, schedule.BestLoss),
            new TensorToWrite(Prefix + "best_loss", [1], [progress.BestLoss]),
            Integers("random", unchecked((long)tape.RandomState)),
        ];
        if (progress.Cursor is SampleCursor cursor)
        {
            tensors.Add(Integers("data", (int)cursor.Order, cursor.Count, cursor.Position, unchecked((long)cursor.Random), unchecked((long)cursor.Epoch)));
        }

        // A model without states carries none, whatever the number of lanes.
        State[] lanes = progress.Lanes is [State first, ..] && first.Count > 0 ? progress.Lanes : [];
        tensors.Add(Integers("lanes", lanes.Length));
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            State state = lanes[lane];
            tensors.AddRange(state.Names.Select(name => new TensorToWrite(Prefix + LaneName(lane, name), [state[name].Length], state[name].ToArray())));
        }

        if (progress.BestWeights is float[] best)
        {
            tensors.AddRange(Packed(weights, BestName, best));
        }

        if (average is not null)
        {
            tensors.Add(Floats("average", average.Decay));
            tensors.AddRange(Packed(weights, AverageName, average.Values));
        }

        return Checkpoint.ContentOf(weights, path, tensors, isNarrow: false, KeyValuePair.Create(OptimizerKey, optimizer.Settings.MomentKind));
    }

    /// <summary>Checks the whole file before the first change.</summary>
    /// <returns>The number of skipped updates, the progress of <c>Fit</c>, and the average.</returns>
    public static (long Skipped, FitProgress Progress, ExponentialMovingAverage? Average) Resume(
        SafetensorsFile file, ModelWeights weights, Optimizer optimizer, Tape tape, Func<State> createState, ExponentialMovingAverage? average)
    {
        // A training goes on as it was interrupted, also one that has diverged.
        Placement model = Placement.OfOwn(weights, file.ToTensorFile(), allowNonFinite: true);
        var tensors = new TrainingTensors(file);
        if (!tensors.Has("counters"))
        {
            throw new CheckpointException(
                CheckpointReason.TrainingState, file.Path, $"expected a trainer's file, found one with only a model; use Trainer.Save to write a trainer's file.");
        }

        CheckOptimizer(file, optimizer.Settings);
        long[] counters = tensors.Counts("counters", 5);
        long[] scheduleCounters = tensors.Counts("schedule.counters", 2);
        float[] schedule = ReadSchedule(tensors);
        long random = tensors.Numbers<long>("random", 1)[0];
        double bestLoss = ReadBestLoss(tensors);
        PackedTensors[] moments = [.. optimizer.Moments.Select(moment => tensors.Packed(weights, p => MomentName(moment, p)))];
        SampleCursor? cursor = ReadCursor(tensors, isNeeded: counters[2] > 0);
        SafetensorsTensor[][] lanes = ReadLanes(tensors, createState());
        PackedTensors? best = tensors.HasAny(BestStart) ? tensors.Packed(weights, BestName) : null;
        (PackedTensors Values, float Decay)? averaged = ReadAverage(tensors, weights, isNeeded: average is not null);
        tensors.CheckAllRead();

        // Everything is valid: nothing is refused from here on.
        model.ApplyTo(weights);
        foreach ((MomentBuffer moment, PackedTensors values) in optimizer.Moments.Zip(moments))
        {
            values.CopyTo(moment.Values.Span);
        }

        tape.RandomState = unchecked((ulong)random);
        optimizer.Updates = counters[0];
        optimizer.ScheduleProgress.LearningRate = schedule[0];
        optimizer.ScheduleProgress.BestLoss = schedule[1];
        optimizer.ScheduleProgress.ReportsWithoutImprovement = scheduleCounters[0];
        optimizer.ScheduleProgress.Cooldown = scheduleCounters[1];
        if (averaged is (PackedTensors averages, float decay))
        {
            average ??= new ExponentialMovingAverage(weights, decay);
            averages.CopyTo(average.Values);
        }

        var progress = new FitProgress
        {
            Updates = counters[2],
            BestUpdate = counters[3],
            ValidationsWithoutImprovement = counters[4],
            BestLoss = bestLoss,
            Cursor = cursor,
            Lanes = [.. lanes.Select(lane => StateOf(lane, createState))],
            BestWeights = best is null ? null : new float[weights.Values.Length],
        };
        best?.CopyTo(progress.BestWeights);
        return (counters[1], progress, average);
    }

    /// <summary>
    /// Moments are only valid for the rule that made them. A file of an earlier version, without the text, is checked by its moments alone: a missing
    /// or surplus one is refused like any tensor.
    /// </summary>
    private static void CheckOptimizer(SafetensorsFile file, OptimizerSettings settings)
    {
        if (Checkpoint.OwnText(file, OptimizerKey) is string found && found != settings.MomentKind)
        {
            throw new CheckpointException(
                CheckpointReason.TrainingState, file.Path, $"expected a training with {settings.MomentKind}, found one with {found}.");
        }
    }

    private static IEnumerable<TensorToWrite> Packed(ModelWeights weights, Func<Parameter, string> name, ReadOnlySpan<float> packed)
    {
        List<TensorToWrite> tensors = [];
        foreach (Parameter parameter in weights.Parameters)
        {
            tensors.Add(Checkpoint.Packed(parameter, Prefix + name(parameter), packed));
        }

        return tensors;
    }

    private static string MomentName(MomentBuffer moment, Parameter parameter) => $"moment:{moment.Name}:{parameter.FullName}";

    private static string LaneName(int lane, string state) => FormattableString.Invariant($"lane{lane}:{state}");

    private static string BestName(Parameter parameter) => BestStart + parameter.FullName;

    private static string AverageName(Parameter parameter) => AverageStart + parameter.FullName;

    private static TensorToWrite Integers(string name, params long[] values) => new(Prefix + name, [values.Length], values);

    private static TensorToWrite Floats(string name, params float[] values) => new(Prefix + name, [values.Length], values);

    private static float[] ReadSchedule(TrainingTensors tensors)
    {
        float[] values = tensors.Numbers<float>("schedule", 2);
        return values[0] is >= 0 and < float.PositiveInfinity && !float.IsNaN(values[1])
            ? values
            : throw tensors["schedule"].Wrong(CheckpointReason.TrainingState, $"expected a learning rate and a loss, found {values[0]} and {values[1]}.");
    }

    private static double ReadBestLoss(TrainingTensors tensors)
    {
        double value = tensors.Numbers<double>("best_loss", 1)[0];
        return double.IsNaN(value) ? throw tensors["best_loss"].Wrong(CheckpointReason.TrainingState, $"expected a loss, found NaN.") : value;
    }

    /// <summary>The order of the windows is not built before the data are there: their number in the file may be anything.</summary>
    private static SampleCursor? ReadCursor(TrainingTensors tensors, bool isNeeded)
    {
        if (!isNeeded && !tensors.Has("data"))
        {
            return null;
        }

        long[] data = tensors.Numbers<long>("data", 5);
        bool isSound = data[0] is >= 0 and <= (int)DataOrder.Sequential && data[1] is >= 1 and <= int.MaxValue && data[2] >= 0 && data[2] <= data[1];
        return isSound
            ? new SampleCursor((DataOrder)data[0], (int)data[1], unchecked((ulong)data[3]), unchecked((ulong)data[4]), (int)data[2])
            : throw tensors["data"].Wrong(
                CheckpointReason.TrainingState, $"expected order, number of windows and position, found {data[0]}, {data[1]} and {data[2]}.");
    }

    /// <summary>The tensors of each lane. All lanes that the file claims to have must be there before the first state is created.</summary>
    private static SafetensorsTensor[][] ReadLanes(TrainingTensors tensors, State state)
    {
        long count = tensors.Counts("lanes", 1)[0];
        (string Name, int Size)[] states = [.. state.Names.Select(name => (name, state.SizeOf(name)))];
        List<SafetensorsTensor[]> lanes = [];

        // Files of earlier versions also have lanes for models without states.
        for (int lane = 0; lane < count && states.Length > 0; lane++)
        {
            lanes.Add([.. states.Select(of => tensors[LaneName(lane, of.Name)])]);
            foreach (((_, int size), SafetensorsTensor tensor) in states.Zip(lanes[^1]))
            {
                tensor.Check(ElementType.Float, size);
            }
        }

        return [.. lanes];
    }

    private static State StateOf(SafetensorsTensor[] lane, Func<State> createState)
    {
        State state = createState();
        foreach ((string name, SafetensorsTensor tensor) in state.Names.Zip(lane))
        {
            tensor.Floats().CopyTo(state[name]);
        }

        return state;
    }

    private static (PackedTensors Values, float Decay)? ReadAverage(TrainingTensors tensors, ModelWeights weights, bool isNeeded)
    {
        if (!isNeeded && !tensors.Has("average"))
        {
            return null;
        }

        float decay = tensors.Numbers<float>("average", 1)[0];
        return decay is >= 0 and < 1
            ? (tensors.Packed(weights, AverageName), decay)
            : throw tensors["average"].Wrong(CheckpointReason.TrainingState, $"expected a decay from 0 to 1, found {decay}.");
    }
}
