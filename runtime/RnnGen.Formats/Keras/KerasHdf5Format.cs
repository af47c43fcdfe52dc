namespace RnnGen.Formats;

/// <summary>HDF5 files: <c>.h5</c> and <c>.weights.h5</c> of Keras, and others with arrays of numbers. Tensors have the name of their dataset with all groups; where the file lists the layers, it is in their order.</summary>
internal sealed class KerasHdf5Format : TensorFileFormat
{
    /// <inheritdoc/>
    public override string Name => "HDF5 file of Keras";

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlyMemory<byte> file) => Hdf5Superblock.Find(file.Span) >= 0;

    /// <inheritdoc/>
    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        Hdf5Reader reader = Hdf5Reader.Read(path, file);
        return KerasWeights.InOrder(new TensorFile(Name, path, reader.Tensors, KerasTexts.Of(path, reader)));
    }
}
