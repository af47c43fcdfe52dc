using System.Diagnostics;
using RnnGen.Checkpoints;

namespace RnnGen.Serving;

/// <summary>
/// All streams of a host in a file, so that they go on in another process. Keys are stored as text: they have a type that can be parsed, such as <see cref="long"/>,
/// <see cref="Guid"/> or <see cref="string"/>. Files are the same on all machines.
/// </summary>
public static class SnapshotExtensions
{
    /// <summary>
    /// Writes all streams to a file, which is replaced completely or, on an error, not at all. Streams go on meanwhile: each is stored as it is between two of its steps, but not all
    /// at the same time. Weights and the time of the last step are not stored. All states are copied, so that they are in memory twice.
    /// </summary>
    /// <typeparam name="TKey">The keys of the streams.</typeparam>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="host">The host.</param>
    /// <param name="path">The file.</param>
    /// <returns>The number of streams.</returns>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A key is another one when it is read from its text; nothing was written.</exception>
    public static int Save<TKey, TInput>(this StreamHost<TKey, TInput> host, string path)
        where TKey : notnull, IParsable<TKey>
    {
        ArgumentNullException.ThrowIfNull(path);
        using Activity? activity = HostMetrics.Source.StartActivity("rnngen.serving.save");
        var snapshot = Snapshot.Of(host);
        AtomicFile.Write(path, snapshot.Length, snapshot.WriteTo);
        activity?.SetTag("streams", snapshot.Count);
        return snapshot.Count;
    }

    /// <summary>As <see cref="Save{TKey, TInput}(StreamHost{TKey, TInput}, string)"/>, to a stream. On an error, part of it may have been written.</summary>
    /// <typeparam name="TKey">The keys of the streams.</typeparam>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="host">The host.</param>
    /// <param name="stream">Receives the file, from its position on. It is neither flushed nor closed.</param>
    /// <returns>The number of streams.</returns>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner exception.</exception>
    /// <exception cref="InvalidOperationException">A key is another one when it is read from its text; nothing was written.</exception>
    public static int Save<TKey, TInput>(this StreamHost<TKey, TInput> host, Stream stream)
        where TKey : notnull, IParsable<TKey>
    {
        ArgumentNullException.ThrowIfNull(stream);
        using Activity? activity = HostMetrics.Source.StartActivity("rnngen.serving.save");
        var snapshot = Snapshot.Of(host);
        try
        {
            snapshot.WriteTo(stream);
        }
        catch (Exception e)
        {
            throw new CheckpointException(CheckpointReason.File, CheckpointException.StreamPath, $"cannot be written: {e}", e);
        }

        activity?.SetTag("streams", snapshot.Count);
        return snapshot.Count;
    }

    /// <summary>
    /// Starts all streams of a file: each goes on, bit for bit, from where it was. They have the current weights of the host, which should be those of the host that saved them:
    /// that is not checked. Streams that are live go on; their calls wait meanwhile.
    /// </summary>
    /// <typeparam name="TKey">The keys of the streams.</typeparam>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="host">The host.</param>
    /// <param name="path">The file.</param>
    /// <returns>The number of streams.</returns>
    /// <exception cref="CheckpointException">The file cannot be read, is damaged or incomplete, or is of another model; nothing was changed.</exception>
    /// <exception cref="StreamException">One of the keys is live, or the host has not enough room; nothing was changed.</exception>
    public static int Restore<TKey, TInput>(this StreamHost<TKey, TInput> host, string path)
        where TKey : notnull, IParsable<TKey>
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            FileIdentity.RequireRegular(Path.GetFullPath(path));
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Restore(host, stream, path, isWhole: true);
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            throw new CheckpointException(CheckpointReason.File, path, $"cannot be read: {e}", e);
        }
    }

    /// <summary>As <see cref="Restore{TKey, TInput}(StreamHost{TKey, TInput}, string)"/>, from a stream.</summary>
    /// <typeparam name="TKey">The keys of the streams.</typeparam>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="host">The host.</param>
    /// <param name="stream">Contains the file, from its position on. What follows it is not read.</param>
    /// <returns>The number of streams.</returns>
    /// <exception cref="CheckpointException">The stream threw an exception, or the file is damaged or incomplete, or is of another model; nothing was changed.</exception>
    /// <exception cref="StreamException">One of the keys is live, or the host has not enough room; nothing was changed.</exception>
    public static int Restore<TKey, TInput>(this StreamHost<TKey, TInput> host, Stream stream)
        where TKey : notnull, IParsable<TKey>
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Restore(host, stream, CheckpointException.StreamPath, isWhole: false);
    }

    private static int Restore<TKey, TInput>(StreamHost<TKey, TInput> host, Stream stream, string path, bool isWhole)
        where TKey : notnull, IParsable<TKey>
    {
        ArgumentNullException.ThrowIfNull(host);
        using Activity? activity = HostMetrics.Source.StartActivity("rnngen.serving.restore");
        SnapshotContent<TKey> content = new SnapshotReader(stream, path).Read(host, isWhole);
        host.StartAll(content.Keys, content.Read);
        activity?.SetTag("streams", content.Keys.Count);
        return content.Keys.Count;
    }
}
