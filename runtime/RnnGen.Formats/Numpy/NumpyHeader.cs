using System.Globalization;
using System.Text;

namespace RnnGen.Formats;

/// <summary>What the header of an array says: a Python dictionary such as <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (27, 6), }</c>.</summary>
/// <param name="Type">The type of the elements in NumPy's spelling, such as <c>&lt;f4</c>.</param>
/// <param name="IsFortranOrder">Whether the first dimension is the fastest.</param>
/// <param name="Shape">The shape.</param>
internal sealed record NumpyHeader(string Type, bool IsFortranOrder, long[] Shape)
{
    /// <summary>The first bytes of a file with an array.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The type in the spelling of safetensors; null where its elements do not become floats.</summary>
    public string? ElementType => Type.TrimStart('<', '>', '=', '|') switch
    {
        "b1" => "BOOL",
        "i1" => "I8",
        "u1" => "U8",
        "i2" => "I16",
        "u2" => "U16",
        "i4" => "I32",
        "u4" => "U32",
        "i8" => "I64",
        "u8" => "U64",
        "f2" => "F16",
        "f4" => "F32",
        "f8" => "F64",
        _ => null,
    };

    /// <summary>Whether the bytes of an element stand in the opposite order.</summary>
    public bool IsBigEndian => Type.StartsWith('>');

    /// <summary>Reads a header.</summary>
    /// <param name="text">The text.</param>
    /// <returns>What it says, or null where it is not such a dictionary. The type is empty for a record with fields.</returns>
    public static NumpyHeader? Parse(string text)
    {
        var parser = new Parser(text);
        return parser.Read();
    }

    /// <summary>What stands before the elements of an array: magic bytes, the version, the length of the header and the header.</summary>
    /// <returns>The bytes. They are padded so that the elements start at a multiple of 64 bytes.</returns>
    public byte[] ToBytes()
    {
        const int Alignment = 64;
        string sizes = Shape is [long one] ? FormattableString.Invariant($"{one},") : string.Join(", ", Shape);
        string text = $"{{'descr': '{Type}', 'fortran_order': {(IsFortranOrder ? "True" : "False")}, 'shape': ({sizes}), }}";
        int before = Magic.Length + 2 + sizeof(ushort);
        int padding = -(before + text.Length + 1) & (Alignment - 1);
        int length = text.Length + padding + 1;
        return [.. Magic, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)), (byte)'\n'];
    }

    private ref struct Parser(string text)
    {
        private readonly ReadOnlySpan<char> _text = text;
        private int _position;

        public NumpyHeader? Read()
        {
            string? type = null;
            bool? isFortranOrder = null;
            long[]? shape = null;
            if (!Accept('{'))
            {
                return null;
            }

            while (!Accept('}'))
            {
                string? key = Text();
                bool isRead = Accept(':') && key switch
                {
                    "descr" => type is null && (type = Peek() == '[' ? "" : Text()) is not null,
                    "fortran_order" => isFortranOrder is null && (isFortranOrder = Truth()) is not null,
                    "shape" => shape is null && (shape = Tuple()) is not null,
                    _ => false,
                };
                if (type == "")
                {
                    return new NumpyHeader(type, false, []);
                }

                if (!isRead || !(Accept(',') || Peek() == '}'))
                {
                    return null;
                }
            }

            return Peek() == '\0' && type is not null && isFortranOrder is bool order && shape is not null
                ? new NumpyHeader(type, order, shape)
                : null;
        }

        /// <summary>The next character that is no space; 0 at the end.</summary>
        private char Peek()
        {
            while (_position < _text.Length && _text[_position] is ' ' or '\n')
            {
                _position++;
            }

            return _position < _text.Length ? _text[_position] : '\0';
        }

        private bool Accept(char expected)
        {
            bool isThere = Peek() == expected;
            _position += isThere ? 1 : 0;
            return isThere;
        }

        private string? Text()
        {
            char quote = Peek();
            if (quote is not ('\'' or '"'))
            {
                return null;
            }

            ReadOnlySpan<char> rest = _text[(_position + 1)..];
            int length = rest.IndexOf(quote);
            if (length < 0 || rest[..length].Contains('\\'))
            {
                return null;
            }

            _position += length + 2;
            return rest[..length].ToString();
        }

        private bool? Truth()
        {
            Peek();
            ReadOnlySpan<char> rest = _text[_position..];
            bool? truth = rest.StartsWith("True") ? true : rest.StartsWith("False") ? false : null;
            _position += truth is null ? 0 : truth.Value ? 4 : 5;
            return truth;
        }

        private long[]? Tuple()
        {
            var numbers = new List<long>();
            if (!Accept('('))
            {
                return null;
            }

            while (!Accept(')'))
            {
                Peek();
                int start = _position;
                while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
                {
                    _position++;
                }

                if (!long.TryParse(_text[start.._position], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
                {
                    return null;
                }

                // Python 2 writes 27L.
                Accept('L');
                numbers.Add(number);
                if (!Accept(',') && Peek() != ')')
                {
                    return null;
                }
            }

            return [.. numbers];
        }
    }
}
