using System.Text;

namespace RnnGen.Fuzz;

/// <summary>
/// Writes declarations of models: every attribute, option and value, graphs, names and surroundings, and what is wrong with them. About half of
/// them have nothing wrong on purpose.
/// </summary>
internal static class DeclarationWriter
{
    private static readonly string[] UsualClasses =
        ["Amp", "Model", "model", "Speech1", "Ähre", "模型", "@class", "@record", "_", "RnnModel", "Simd", "System", "VectorMath", "Span", "Math", "MethodImpl", "A", "h", "weights", "String"];

    private static readonly string[] OddClasses =
        ["State", "Tape", "Trainer", "Batch", "Kernels", "Layers", "Step", "OutputSize", "Layer", "Low", "", "int", "3A", "RnnGen", "Lstm", "\\u0041mp\\u200d", "class"];

    private static readonly string[] UsualSpaces =
        ["", "", "", "Acme.Audio", "Acme", "@namespace.@event", "a.A", "Acme.System", "Acme.RnnGen", "RnnGen.Mine", "Größe.模型", "Deep.Amp"];

    // Inside of those that code refers to, not these themselves: a type there would replace one of .NET's or the library's for all code.
    private static readonly string[] OddSpaces =
        ["RnnGen.Generated", "System.Mine", "A.", "Amp.Amp", "RnnGen.CompilerServices.Mine", "State", "System.Runtime.CompilerServices.Mine"];

    /// <summary>Where a model stands: what begins it, and whether a class in it may be private.</summary>
    private static readonly (string Text, bool IsClass)[] UsualContainers =
    [
        ("internal partial class Engine", true), ("internal static partial class Tools", true), ("public partial struct Row", true), ("internal partial interface IOuter", false),
        ("internal partial record Cell", true), ("internal partial record struct Pair(int A)", true), ("internal ref partial struct View", true),
        ("internal partial class Unsafe", true), ("/// <summary>Around it.</summary>\npublic sealed partial class @event", true),
    ];

    private static readonly string[] OddContainers =
        ["class Engine", "partial class Engine<T>", "file partial class Engine", "partial class", "partial class Amp", "partial enum E", "namespace Inner", "partial class State", "static class Tools"];

    private static readonly string[] Beside =
    [
        "internal static class VectorMath;", "internal class Simd;", "internal enum Lanes { A }", "internal class Unsafe;", "internal class MethodImpl;", "internal class Vector512;",
        "internal class MethodImplOptions;", "internal delegate void PreciseMath();", "internal class State;", "internal class Trainer;", "namespace Vector { internal class Span; }",
        "internal static class More { public static int Length(this string text, int a) => a; }",
    ];

    private static readonly string[] UsualMembers =
    [
        "public int Count => 3;", "public const int Size = 3;", "public override string ToString() => \"\";", "private void Reset() { }", "public static int Simd() => 0;",
        "internal enum Kind { A }", "internal static class VectorMath { }", "public int Unsafe { get; set; }", "public event System.Action? Changed { add { } remove { } }",
        "public int this[int k] => k;", "public static implicit operator int(CLASS model) => 3;", "static CLASS() { }", "public int h() => 3;", "public object? weights;",
        "public System.Span<float> Span() => default;", "internal interface IState { }", "public Layer? First() => null;",
    ];

    private static readonly string[] OddMembers =
    [
        "public CLASS() { }", "public CLASS(int a) { }", "private CLASS(string path) { }", "public int State => 3;", "public void Save(string path) { }", "public class Tape;", "public int OutputSize;",
        "public required int Needed { get; set; }", "public int Step() => 3;", "~CLASS() { }", "public partial Layer Forgotten { get; }", "[Gru(3)] public int Number;",
        "public int Low => 3;", "public int CLASS => 3;", "private float[] _weights = [];", "public partial void Half();", "public abstract int Nothing { get; }", "int a b;", "}", "{", "[Gru(3)]",
        "public int LowSize => 3;", "[Gru(3)] public partial Layer Elsewhere { get; }", "public unsafe int* Pointer;", "public object Clone() => this;", "public int Evaluate;",
    ];

    private static readonly (string Base, string Declaration)[] UsualBases =
    [
        ("Base", "public class Base;"),
        ("Base", "public class Base { public virtual int State => 3; public void Save(string path) { } public const int OutputSize = 4; public class Tape; }"),
        ("Base", "public class Base(int a = 3) { public int A => a; public object? Layers; protected void Step() { } public static int Load(string path) => 3; }"),
        ("Base<int>", "public class Base<T> { public T? Metadata; public virtual void Warmup() { } }"),
        ("Base", "public abstract class Base { protected Base() { } public object Clone() => this; public event System.Action? Trainer { add { } remove { } } }"),
        ("IModel", "public interface IModel { int Layers => 3; }"),
        ("object", ""),
    ];

    private static readonly (string Base, string Declaration)[] OddBases =
    [
        ("Base", "public class Base { private Base() { } }"), ("Base", "public class Base(int a) { public int A => a; }"), ("Base", "public abstract class Base { public abstract int Layers { get; } }"),
        ("Base", "public abstract class Base { public abstract void Nothing(); }"), ("Base", "public sealed class Base;"), ("Missing", ""), ("CLASS", ""), ("int", ""), ("System.IDisposable", ""),
        ("Base", "public class Base { public required int Needed { get; set; } }"), ("dynamic", ""), ("IModel, Missing", "public interface IModel;"), ("Base<CLASS>", "public class Base<T>;"),
        ("Base", "public class Base : CLASS;"), ("System.Enum", ""), ("Base", "public class Base { protected sealed override void Finalize() { } }"), ("RnnGen.State", ""),
    ];

    /// <summary>Writes one.</summary>
    /// <param name="dice">Decides on everything.</param>
    /// <returns>The files that it consists of, most often one.</returns>
    public static string[] Write(Dice dice)
    {
        dice.Oddness = dice.One(0, 0, 0, 0.01, 0.02, 0.03, 0.03, 0.1, 0.3);
        string space = dice.Odd() ? dice.One(OddSpaces) : dice.One(UsualSpaces);
        string name = dice.Odd() ? dice.One(OddClasses) : dice.One(UsualClasses);
        if (space.Length == 0 && name == "System")
        {
            // Where this is a class, nothing of .NET is found any more.
            space = "Acme";
        }

        List<string> files = [];
        var body = new StringBuilder();
        if (dice.Chance(0.2))
        {
            body.AppendLine(dice.One(Beside));
        }

        (string? container, bool mayBePrivate) = dice.Odd() ? (dice.One(OddContainers), true) : dice.Chance(0.25) ? dice.One(UsualContainers) : (null, false);
        string model = Model(dice, name, container is not null && mayBePrivate, out string beside);
        string around = container is null ? $"{beside}{model}" : $"{container}\n{{\n{Indent(beside + model)}}}\n";
        body.Append(around);
        if (dice.Chance(0.05))
        {
            string other = name.ToUpperInvariant() == name ? name.ToLowerInvariant() + "B" : name.ToUpperInvariant().Replace("@", "", StringComparison.Ordinal);
            body.Append(Model(dice, dice.Odd() ? name : other, false, out string second));
            body.Insert(0, second.Replace("Base", "Base2", StringComparison.Ordinal) == second ? second : "");
        }

        files.Add(File(dice, space, body.ToString()));
        if (dice.Chance(0.05))
        {
            string member = dice.Odd() ? Member(dice, dice.One(OddMembers), name) : "public int Extra => 3;";
            string half = $"partial {(dice.Odd() ? "struct" : "class")} {name} {{ {member} }}\n";
            string? header = container?.Split('\n')[^1].Replace("(int A)", "", StringComparison.Ordinal);
            files.Add(File(dice, space, header is null ? half : $"{header}\n{{\n{Indent(half)}}}\n"));
        }

        return [.. files];
    }

    private static string File(Dice dice, string space, string body)
    {
        string head = (dice.Chance(0.03) ? "#nullable disable\n" : "") + (dice.Odd() ? "" : "using RnnGen;\n") + (dice.Chance(0.03) ? "using Simd = System.Math;\n" : "")
            + (dice.Chance(0.03) ? "using static System.Math;\n" : "");
        return space.Length == 0 ? $"{head}\n{body}"
            : dice.Chance(0.5) ? $"{head}\nnamespace {space};\n\n{body}"
            : $"{head}\nnamespace {space}\n{{\n{Indent(body)}}}\n";
    }

    private static string Model(Dice dice, string name, bool mayBePrivate, out string beside)
    {
        beside = "";
        bool isSealed = dice.Chance(0.6);
        bool isPublic = dice.Chance(0.5);
        string modifiers = (isPublic ? "public " : mayBePrivate && dice.Chance(0.4) ? "private " : dice.One("internal ", "")) + (isSealed ? "sealed " : "");
        string keyword = "partial class";
        if (dice.Odd())
        {
            (modifiers, keyword) = dice.One<(string, string)>(
                ("public static ", "partial class"), ("public abstract ", "partial class"), ("file ", "partial class"), ("", "partial record"), ("", "partial struct"), ("", "class"),
                ("", "partial record class"), ("unsafe ", "partial class"), ("sealed abstract ", "partial class"), ("private protected ", "partial class"), ("readonly ", "partial class"),
                ("", "partial interface"), ("new ", "partial class"));
        }

        string parameters = dice.Odd() ? dice.One("<T>", "(int a)", "()", "<T, >", "<in T>(T a)") : "";
        string inherits = "";
        if (dice.Odd() || dice.Chance(0.1))
        {
            (string baseType, string declaration) = dice.Odd() ? dice.One(OddBases) : dice.One(UsualBases);
            inherits = Member(dice, $" : {baseType}", name);
            beside = declaration.Length == 0 ? "" : Member(dice, declaration, name) + "\n";
        }

        int inputSize = dice.One(1, 2, 3, 4, 5, 8, 9, 16, 17, 40);
        bool tokens = dice.Chance(0.15);
        bool isBatched = dice.Chance(0.2);
        AttributeWriter attribute = new AttributeWriter(dice, "RnnModel")
            .Argument("inputSize", dice.Odd() ? OddValues.Size(dice) : $"{inputSize}")
            .Argument("sequenceLength", dice.Odd() ? OddValues.Size(dice) : dice.One("1", "2", "4", "15", "16", "17", "64", "1000"));
        if (tokens || dice.Chance(0.05))
        {
            attribute.Flag("Tokens", tokens);
        }

        if (isBatched)
        {
            attribute.Option("BatchSize", dice.Odd() ? OddValues.Size(dice) : dice.One("1", "2", "7", "8", "9", "16", "32", "1000"));
        }

        if (!isBatched || dice.Odd())
        {
            attribute.MaybeFlag("Trace", 0.1);
        }

        if (dice.Chance(0.05))
        {
            attribute.Option("Parallel", dice.Odd() ? OddValues.Size(dice) : dice.One("1", "2"));
        }

        attribute.MaybeFlag(isBatched == tokens ? "Precise" : "Reproducible", 0.1);
        if (dice.Chance(0.2))
        {
            attribute.Choice("Unroll", dice.One(Enum.GetValues<Unroll>()));
        }

        if (dice.Chance(0.1))
        {
            attribute.Choice("Weights", dice.One(Enum.GetValues<WeightFormat>()));
        }

        var layers = new LayersWriter(dice, inputSize, tokens, isBatched);
        bool onClass = dice.Chance(0.25);
        List<string> attributes = dice.Odd() && dice.Chance(0.3) ? [] : [attribute.Write()];
        List<string> members = [];
        if (onClass)
        {
            attributes.AddRange(layers.OnClass());
        }

        if (!onClass || (dice.Odd() && dice.Chance(0.5)))
        {
            members.AddRange(dice.Odd() && dice.Chance(0.3) ? [] : layers.AsMembers(isSealed));
        }

        while (dice.Chance(0.1))
        {
            members.Insert(dice.Below(members.Count + 1), "    " + Member(dice, dice.Odd() ? dice.One(OddMembers) : UsualMembers[dice.Below(UsualMembers.Length)], name));
        }

        string docs = dice.Chance(0.1) ? "/// <summary>A model.</summary>\n" : "";
        string lists = dice.Chance(0.8) ? $"[{string.Join(", ", attributes)}]" : string.Concat(attributes.Select(one => $"[{one}]\n"));
        string declared = $"{docs}{lists}\n{modifiers}{keyword} {name}{parameters}{inherits}";
        return members.Count == 0 && dice.Chance(0.8) ? declared + ";\n" : $"{declared}\n{{\n{string.Join("\n", members)}\n}}\n";
    }

    private static string Member(Dice dice, string text, string name) => text.Replace("CLASS", dice.Odd() ? "Other" : name, StringComparison.Ordinal);

    private static string Indent(string text) => string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n"));
}
