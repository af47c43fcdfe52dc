namespace RnnGen.Formats.Protobuf;

/// <summary>How the value of a field is written.</summary>
internal enum WireType
{
    /// <summary>A whole number in one to ten bytes.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>A length and that many bytes: a text, a message, or packed numbers.</summary>
    Length = 2,

    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}
