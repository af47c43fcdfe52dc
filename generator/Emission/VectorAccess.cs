namespace RnnGen.Generator.Emission;

/// <summary>Writes loads and stores of whole vectors, so many floats and so many vectors behind a reference.</summary>
/// <param name="wide">Whether a vector has 16 floats; otherwise <c>width</c> says how many.</param>
internal sealed class VectorAccess(bool wide)
{
    public string Load(string reference, string start, int offset, int vector) => $"Simd.LoadUnsafe({Place(reference, start, offset, vector)})";

    public string Store(string value, string reference, string start, int offset, int vector) =>
        $"Simd.StoreUnsafe({value}, {Place(reference, start, offset, vector)});";

    /// <summary>The step of a loop over so many vectors.</summary>
    public string Step(int vectors) => wide ? Literals.Integer(vectors * 16) : vectors == 1 ? "width" : $"{Literals.Integer(vectors)} * width";

    /// <summary>The first unit of a pass: of its tile, if there are several, and of the lanes in it, if a pass does not cover them all.</summary>
    public string FirstUnit(int tiles) => (tiles > 1, wide) switch
    {
        (true, true) => "unit",
        (true, false) => "unit + lane",
        (false, false) => "lane",
        (false, true) => "",
    };

    /// <summary>One float behind a reference in all lanes of a pass that stand for units, and 0 in those that are padding.</summary>
    public string Broadcast(string reference, int offset, string start, int vector, int units)
    {
        string value = $"Simd.Create({Element(reference, offset == 0 ? "" : Literals.Integer(offset))})";
        string first = Index(start, 0, vector);
        return units % 16 == 0 ? value : $"VectorMath.First({value}, {(first.Length == 0 ? "0" : first)}, {Literals.Integer(units)})";
    }

    /// <summary>A reference moved by a constant.</summary>
    public static string Reference(string reference, int offset) => Reference(reference, offset == 0 ? "" : Literals.Integer(offset));

    /// <summary>A reference moved by an expression, which may be empty.</summary>
    public static string Reference(string reference, string index) => index is "" or "0" ? $"ref {reference}" : $"ref Unsafe.Add(ref {reference}, {index})";

    /// <summary>One float behind a reference.</summary>
    public static string Element(string reference, string index) => index is "" or "0" ? reference : $"Unsafe.Add(ref {reference}, {index})";

    /// <summary>How a loop's variable goes on.</summary>
    public static string Advance(string variable, int step) => step == 1 ? variable + "++" : $"{variable} += {Literals.Integer(step)}";

    /// <summary>A sum of an expression, which may be empty, and a constant.</summary>
    public static string Sum(string left, int right) =>
        left.Length == 0 ? right == 0 ? "" : Literals.Integer(right) : right == 0 ? left : $"{left} + {Literals.Integer(right)}";

    /// <summary>A sum of two expressions, which may be empty.</summary>
    public static string Sum(string left, string right) => left.Length == 0 ? right : right.Length == 0 ? left : $"{left} + {right}";

    private string Place(string reference, string start, int offset, int vector)
    {
        string index = Index(start, offset, vector);
        return index.Length == 0 ? $"ref {reference}" : $"ref {reference}, {index}";
    }

    private string Index(string start, int offset, int vector)
    {
        string index = Sum(start, offset + (wide ? vector * 16 : 0));
        if (!wide && vector > 0)
        {
            index = index.Length == 0 ? Step(vector) : $"{index} + {Step(vector)}";
        }

        return index;
    }
}
