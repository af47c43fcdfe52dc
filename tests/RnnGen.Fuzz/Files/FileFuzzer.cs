using System.Diagnostics;
using RnnGen.Checkpoints;

namespace RnnGen.Fuzz;

/// <summary>
/// Reads damaged files. Each is read as a whole, or refused by a <see cref="CheckpointException"/> that leaves everything as it was, and takes
/// at most twice its length of memory and 1 MB. The files are in memory: what is looked at here is not the disk.
/// </summary>
internal sealed class FileFuzzer(FuzzTarget[] targets, int seed)
{
    private const long Spare = 1_000_000;

    private readonly Mutator _mutator = new(seed);
    private readonly Random _random = new(seed);
    private readonly FileTally _tally = new();

    // With checksums nothing but these would ever complain: three files of four have none.
    private readonly (FuzzTarget Target, byte[] File, byte[] Bare)[] _sound =
        [.. from target in targets from file in target.Files select (target, file, Mutator.WithoutChecksums(file))];

    private long _number;

    /// <summary>Reads files, other ones in every call.</summary>
    /// <param name="count">How many.</param>
    /// <returns>What became of all so far.</returns>
    /// <exception cref="FindingException">One did something else.</exception>
    public FileTally Run(long count)
    {
        for (long end = _number + count; _number < end; _number++)
        {
            (FuzzTarget target, byte[] file, byte[] bare) = _sound[_random.Next(_sound.Length)];
            Read(target, _mutator.Next(_random.Next(4) == 0 ? file : bare, _sound[_random.Next(_sound.Length)].File));
        }

        return _tally;
    }

    private void Read(FuzzTarget target, byte[] file)
    {
        // The file may be changed by nobody once it is read, and is needed for the report.
        byte[] copy = [.. file];
        uint before = target.Fingerprint();
        CheckpointReason? reason = null;
        long start = Stopwatch.GetTimestamp();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(SafetensorsFile.Parse("damaged", file));
        }
        catch (CheckpointException e)
        {
            reason = e.Reason;
            if (e.Message.Any(letter => char.IsControl(letter) && letter != '\n'))
            {
                throw Finding($"has a message with control characters: {e.Message}", e);
            }
        }
        catch (Exception e)
        {
            throw Finding($"made a {e.GetType().Name}", e);
        }

        // An exception itself takes a few kilobytes.
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        _tally.Add(reason, copy.Length, allocated, Stopwatch.GetElapsedTime(start));
        if (allocated > (2 * copy.Length) + Spare)
        {
            throw Finding($"of {copy.Length} bytes took {allocated} bytes of memory", null);
        }

        if (reason is not null && target.Fingerprint() != before)
        {
            throw Finding($"was refused ({reason}) and has changed something", null);
        }

        if (reason is null)
        {
            try
            {
                target.Use();
            }
            catch (Exception e)
            {
                throw Finding("was read, and its use failed", e);
            }
        }

        FindingException Finding(string what, Exception? inner) => new($"File {_number} of seed {seed} for {target.Name} {what}.", copy, inner);
    }
}
