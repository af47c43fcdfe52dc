namespace RnnGen.Formats;

/// <summary>A message of an object header: one thing that is said about a group or a dataset.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="IsShared">Whether the content is somewhere else.</param>
/// <param name="Content">The content.</param>
internal readonly record struct Hdf5Message(Hdf5MessageType Type, bool IsShared, Hdf5Cursor Content);

/// <summary>What messages are about: those that we read.</summary>
internal enum Hdf5MessageType
{
    /// <summary>The shape of a dataset.</summary>
    Dataspace = 0x01,

    /// <summary>Where the links of a group are, if there are many.</summary>
    LinkInfo = 0x02,

    /// <summary>The type of elements.</summary>
    Datatype = 0x03,

    /// <summary>A member of a group.</summary>
    Link = 0x06,

    /// <summary>Where the elements are.</summary>
    Layout = 0x08,

    /// <summary>How the elements are compressed.</summary>
    Filters = 0x0B,

    /// <summary>A named value.</summary>
    Attribute = 0x0C,

    /// <summary>Where more messages are.</summary>
    Continuation = 0x10,

    /// <summary>The members of a group, in the older way.</summary>
    SymbolTable = 0x11,

    /// <summary>Where the attributes are, if there are many.</summary>
    AttributeInfo = 0x15,
}
