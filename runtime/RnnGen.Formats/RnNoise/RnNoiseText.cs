using System.Buffers.Text;

namespace RnnGen.Formats.RnNoise;

/// <summary>Reads whole numbers between white space.</summary>
internal ref struct RnNoiseText
{
    // A layer of RNNoise has at most 128 units; others were trained with more.
    private const int LargestSize = 1 << 16;

    private readonly SourceFile _file;
    private readonly ReadOnlySpan<byte> _text;
    private int _position;

    /// <summary>Reads from a place of the file on.</summary>
    public RnNoiseText(SourceFile file, int position)
    {
        _file = file;
        _text = file.Bytes.Span;
        _position = position;
    }

    /// <summary>Where the last number is in the file.</summary>
    public int Offset { get; private set; }

    /// <summary>The next number.</summary>
    /// <param name="what">What it is, for messages.</param>
    public int Next(FormattableString what) => TryNext(out int number) ? number : throw NoNumber(what);

    /// <summary>The next number, which is a size.</summary>
    /// <param name="what">What it is, for messages.</param>
    public int Size(FormattableString what)
    {
        int size = Next(what);
        return size is > 0 and <= LargestSize ? size : throw _file.Broken(Offset, $"expected {what} from 1 to {LargestSize}, found {size}.");
    }

    /// <summary>The next numbers as floats.</summary>
    /// <param name="tensor">What they are called.</param>
    /// <param name="shape">Their shape.</param>
    public float[] Numbers(string tensor, ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int size in shape)
        {
            count *= size;
        }

        // A number takes a digit and a space.
        int most = (_text.Length - _position) / 2;
        if (count > most)
        {
            throw _file.Broken(_position, $"expected {count} numbers, found room for at most {most}. The file is cut off or damaged.", tensor);
        }

        var values = new float[count];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = TryNext(out int number) ? number : throw NoNumber($"element {k} of {count}", tensor);
        }

        return values;
    }

    /// <summary>Checks that nothing but white space is left.</summary>
    public void ExpectEnd()
    {
        SkipSpace();
        if (_position < _text.Length)
        {
            throw _file.Broken(_position, $"expected the end of the file, found {_text.Length - _position} more bytes.");
        }
    }

    private bool TryNext(out int number)
    {
        SkipSpace();
        Offset = _position;
        if (!Utf8Parser.TryParse(_text[_position..], out number, out int length) || !EndsAt(_position + length))
        {
            return false;
        }

        _position += length;
        return true;
    }

    private readonly CheckpointException NoNumber(FormattableString what, string? tensor = null)
    {
        string found = _position == _text.Length ? "the end of the file" : "something else";
        return _file.Broken(_position, $"expected {what} as a whole number, found {found}. The file is cut off or damaged.", tensor);
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && IsSpace(_text[_position]))
        {
            _position++;
        }
    }

    private readonly bool EndsAt(int position) => position == _text.Length || IsSpace(_text[position]);

    private static bool IsSpace(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
