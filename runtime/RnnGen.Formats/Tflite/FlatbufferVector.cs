using System.Buffers.Binary;

namespace RnnGen.Formats.Tflite;

/// <summary>A row of elements in a flatbuffer, within the file.</summary>
internal readonly struct FlatbufferVector
{
    private readonly SourceFile _file;
    private readonly int _start;
    private readonly int _elementSize;

    /// <summary>A row whose place was checked.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the first element is.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="elementSize">Bytes of one element.</param>
    public FlatbufferVector(SourceFile file, int start, int count, int elementSize)
    {
        _file = file;
        _start = start;
        _elementSize = elementSize;
        Count = count;
    }

    /// <summary>How many elements there are.</summary>
    public int Count { get; }

    /// <summary>Where the first element is in the file.</summary>
    public int Offset => _start;

    /// <summary>The elements as bytes of the file.</summary>
    public ReadOnlyMemory<byte> Bytes => Count == 0 ? default : _file.Bytes.Slice(_start, Count * _elementSize);

    /// <summary>An element that is a table.</summary>
    public FlatbufferTable Table(int index) => FlatbufferTable.Follow(_file, _start + (index * _elementSize));

    /// <summary>An element that is a whole number.</summary>
    public int Int(int index) => BinaryPrimitives.ReadInt32LittleEndian(Element(index));

    /// <summary>An element that is a long whole number.</summary>
    public long Long(int index) => BinaryPrimitives.ReadInt64LittleEndian(Element(index));

    /// <summary>An element that is a float.</summary>
    public float Float(int index) => BinaryPrimitives.ReadSingleLittleEndian(Element(index));

    private ReadOnlySpan<byte> Element(int index) => _file.Bytes.Span.Slice(_start + (index * _elementSize), _elementSize);
}
