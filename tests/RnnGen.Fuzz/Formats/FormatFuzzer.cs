using System.Diagnostics;

namespace RnnGen.Fuzz;

/// <summary>
/// Reads damaged files of other programs. Each is read, or refused by the documented exception, within a second, and takes at most the file,
/// its tensors as floats and 16 MB of memory. The files are in memory: what is looked at here is not the disk.
/// </summary>
internal sealed class FormatFuzzer(IReadOnlyList<FormatTarget> targets, int seed)
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    private readonly ByteMutator _mutator = new(seed);
    private readonly Random _random = new(seed);
    private readonly FormatTally _tally = new();
    private long _number;

    /// <summary>Reads files, other ones in every call.</summary>
    /// <param name="count">How many.</param>
    /// <returns>What became of all so far.</returns>
    /// <exception cref="FindingException">One did something else.</exception>
    public FormatTally Run(long count)
    {
        for (long end = _number + count; _number < end; _number++)
        {
            FormatTarget target = targets[_random.Next(targets.Count)];
            Read(target, _mutator.Next(target.Files[_random.Next(target.Files.Count)], target.Files[_random.Next(target.Files.Count)]));
        }

        return _tally;
    }

    private void Read(FormatTarget target, byte[] file)
    {
        Reading reading = Read(file);

        // The core may have been another program's in between.
        for (int more = 2; more > 0 && reading.Time > MostTime; more--)
        {
            Reading again = Read(file);
            reading = again.Time < reading.Time ? again : reading;
        }

        _tally.Add(target.Name, reading.IsRefused, reading.Memory - file.Length - reading.Tensors, reading.Time);
        if (reading.Time > MostTime)
        {
            throw Finding($"of {file.Length} bytes took {reading.Time.TotalSeconds:F1} seconds", null);
        }

        if (reading.Memory > file.Length + reading.Tensors + target.Allowance)
        {
            throw Finding($"of {file.Length} bytes with tensors of {reading.Tensors} bytes took {reading.Memory} bytes of memory", null);
        }

        Reading Read(byte[] bytes)
        {
            long tensors = 0;
            bool isRefused = false;
            long start = Stopwatch.GetTimestamp();
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                tensors = target.Read(bytes);
            }
            catch (Exception e) when (target.IsRefusal(e))
            {
                isRefused = true;
                if (e.Message.Any(char.IsControl))
                {
                    throw Finding($"has a message with control characters: {e.Message}", e);
                }
            }
            catch (Exception e)
            {
                throw Finding($"made a {e.GetType().Name}", e);
            }

            return new Reading(isRefused, tensors, GC.GetAllocatedBytesForCurrentThread() - allocated, Stopwatch.GetElapsedTime(start));
        }

        FindingException Finding(FormattableString what, Exception? inner) =>
            new(FormattableString.Invariant($"File {_number} of seed {seed} for {target.Name} {FormattableString.Invariant(what)}."), file, inner);
    }

    private readonly record struct Reading(bool IsRefused, long Tensors, long Memory, TimeSpan Time);
}
