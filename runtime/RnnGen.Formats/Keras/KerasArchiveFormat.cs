using System.Text;
using System.Text.Json;

namespace RnnGen.Formats;

/// <summary>
/// <c>.keras</c> archives: zip files with <c>config.json</c>, <c>metadata.json</c> and the weights in HDF5. Tensors have the names of the datasets.
/// </summary>
internal sealed class KerasArchiveFormat : TensorFileFormat
{
    private const string Configuration = "config.json";
    private const string Metadata = "metadata.json";
    private const string Weights = "model.weights.h5";

    // A layer takes about 500 bytes.
    private const int LongestText = 2 << 20;

    /// <inheritdoc/>
    public override string Name => "Keras archive";

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlyMemory<byte> file)
    {
        IReadOnlyList<string> names = ZipDirectory.Names(file);
        return names.Contains(Weights) || names.Contains(Configuration) || names is [Metadata];
    }

    /// <inheritdoc/>
    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        ZipArchiveFile archive = ZipArchiveFile.Read(path, file);
        ZipMember weights = archive.Find(Weights) ?? throw new CheckpointException(
            CheckpointReason.Container, path, $"expected '{Weights}' in the archive, found {archive.Members.Count} other files. Save the model with Keras 3, or its weights as .weights.h5.");
        Hdf5Reader reader = Hdf5Reader.Read(path, archive.Content(weights), weights.IsStored ? weights.Offset : 0);
        Dictionary<string, string> texts = KerasTexts.Of(path, reader);
        if (Text(path, archive, Configuration) is { } configuration)
        {
            texts[KerasTexts.ModelConfig] = configuration;
        }

        if (Text(path, archive, Metadata) is { } metadata && Version(path, metadata) is { } version)
        {
            texts[KerasTexts.KerasVersion] = version;
        }

        return new TensorFile(Name, path, reader.Tensors, texts);
    }

    private static string? Text(string path, ZipArchiveFile archive, string name)
    {
        if (archive.Find(name) is not { } member)
        {
            return null;
        }

        return member.Size <= LongestText
            ? Encoding.UTF8.GetString(archive.Content(member).Span)
            : throw new CheckpointException(
                CheckpointReason.Container, path, null, member.Offset, $"expected at most {LongestText} bytes of '{name}', found {member.Size}.");
    }

    private static string? Version(string path, string metadata)
    {
        JsonElement root = KerasSettings.Parse(path, Metadata, metadata);
        return new KerasSettings(root).Text(KerasTexts.KerasVersion);
    }
}
