namespace RnnGen.Generator.Loops;

/// <summary>What lies in memory, or is counted.</summary>
internal enum Element
{
    Float,
    Int,
    NativeInt,
    NativeUInt,
}

/// <summary>A reference to memory: a parameter of a kernel, or a local.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">What lies there.</param>
internal sealed record Reference(string Name, Element Element = Element.Float);

/// <summary>A place in memory: a reference, a constant distance, and a distance per step of the axes of the loops around it.</summary>
/// <param name="Base">The reference.</param>
/// <param name="Offset">So many elements behind it.</param>
internal sealed record Address(Reference Base, int Offset = 0)
{
    /// <summary>The axes that it moves along.</summary>
    public IReadOnlyList<Term> Terms { get; init; } = [];

    /// <summary>So many whole vectors behind all that.</summary>
    public int Vector { get; init; }

    public Address Plus(int elements) => this with { Offset = Offset + elements };

    public Address Along(params IEnumerable<Term> terms) => this with { Terms = [.. Terms, .. terms] };

    public Address At(int vector) => this with { Vector = vector };

    /// <summary>The constant part of what is added to the reference.</summary>
    public int Constant(Width width) => Offset + (width.Floats is int floats ? Vector * floats : 0);

    /// <summary>The whole vectors of which only the machine knows how large they are.</summary>
    public Extent? Vectors(Width width) => width.Floats is null && Vector > 0 ? width.Of(Vector) : (Extent?)null;

    /// <summary>A local reference to this place.</summary>
    public Pointer As(string name) => new(Base with { Name = name }, this);

    /// <summary>The same, where it saves anything: not for a constant distance.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">How the place is to be written.</param>
    public IReadOnlyList<Node> As(string name, out Address place)
    {
        if (Terms.Count == 0)
        {
            place = this;
            return [];
        }

        Pointer pointer = As(name);
        place = pointer.Start;
        return [pointer];
    }
}

/// <summary>A distance along an axis.</summary>
/// <param name="Axis">The variable of a loop.</param>
/// <param name="Stride">Elements per step.</param>
internal readonly record struct Term(string Axis, int Stride)
{
    /// <summary>Where the place on the axis is a number in memory: a token.</summary>
    public Address? Token { get; init; }

    public static implicit operator Term(string axis) => new(axis, 1);

    /// <summary>The row of a token.</summary>
    public static Term Of(Address token, int stride) => new("", stride) { Token = token };
}

/// <summary>A number, or so many times one that is known at run time.</summary>
internal readonly record struct Extent(int Factor, string? Of = null)
{
    /// <summary>What is added to it.</summary>
    public int Plus { get; init; }

    public static implicit operator Extent(int number) => new(number);

    public static implicit operator Extent(string name) => new(1, name);
}

/// <summary>The vectors of a kernel: of 16 floats, or as many as <c>width</c> says at run time.</summary>
/// <param name="Floats">Floats of a vector; null where only the machine knows.</param>
internal sealed record Width(int? Floats)
{
    public static readonly Width Portable = new((int?)null);

    public static readonly Width Wide = new(16);

    /// <summary>One float: a kernel takes one unit at a time.</summary>
    public static readonly Width One = new(1);

    public bool IsWide => Floats > 1;

    /// <summary>The floats of so many vectors.</summary>
    public Extent Of(int vectors) => Floats is int floats ? vectors * floats : new Extent(vectors, "width");
}
