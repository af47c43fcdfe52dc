using System.Globalization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Weights;

/// <summary>A safetensors file of the project, as the package's build task describes it: a generator reads no files itself.</summary>
/// <param name="Name">Its path in the project, with slashes.</param>
/// <param name="IsEmbedded">Whether it is a resource of the assembly.</param>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="Tensors">Its tensors.</param>
/// <param name="Problem">Why it cannot be read, or null.</param>
internal sealed record WeightsFile(string Name, bool IsEmbedded, string Hash, EquatableArray<FileTensor> Tensors, string? Problem)
{
    /// <summary>The extension of the descriptions.</summary>
    public const string Extension = ".rnnweights";

    private const string Metadata = "__metadata__";

    // Deeper than any header, so that a foreign file costs nothing.
    private const int LargestDepth = 8;

    /// <summary>The name of the resource that an embedded file is.</summary>
    public static string Resource(string name) => "RnnGen.Weights/" + name;

    /// <summary>Reads a description: lines with the name, <c>embed</c> or nothing, the hash, the bytes of data, and then the header, or why there is none.</summary>
    /// <returns>The file, or null for any other text.</returns>
    public static WeightsFile? Read(AdditionalText text, CancellationToken cancellationToken)
    {
        if (!text.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || text.GetText(cancellationToken) is not { } content)
        {
            return null;
        }

        string[] lines = content.ToString().Split(['\n'], 5);

        // Generated code has the name in a comment and in a string.
        if (lines.Length < 5 || lines[0] != FailureEmitter.OneLine(lines[0]) || !long.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out long size))
        {
            return null;
        }

        var file = new WeightsFile(lines[0], IsEmbedded: lines[1] == "embed", Hash: lines[2], Tensors: default, Problem: null);
        try
        {
            return file with { Tensors = new EquatableArray<FileTensor>(ReadHeader(lines[4], size)) };
        }
        catch (Exception exception) when (exception is XmlException or FormatException or OverflowException)
        {
            return file with { Problem = FailureEmitter.OneLine(exception.Message) };
        }
    }

    private static FileTensor[] ReadHeader(string header, long size)
    {
        if (!header.StartsWith("{", StringComparison.Ordinal))
        {
            throw new FormatException(header);
        }

        var quotas = new XmlDictionaryReaderQuotas();
        XmlDictionaryReaderQuotas.Max.CopyTo(quotas);
        quotas.MaxDepth = LargestDepth;
        using XmlDictionaryReader json = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(header), quotas);

        // A name that XML does not allow is an attribute.
        (string Name, XElement Entry)[] entries = [.. XElement.Load(json).Elements().Select(Named)];
        var tensors = entries.Where(entry => entry.Name != Metadata).ToArray();
        long end = tensors.SelectMany(tensor => Numbers(tensor.Name, tensor.Entry, "data_offsets")).DefaultIfEmpty().Max();
        if (end != size)
        {
            throw new FormatException($"It has {size} bytes of data instead of {end}.");
        }

        bool isNarrow = entries.Where(entry => entry.Name == Metadata).SelectMany(entry => entry.Entry.Elements()).Any(text => Named(text).Name == "rnngen.narrow");
        FileTensor[] found = [.. tensors.Select(tensor => new FileTensor(
            tensor.Name, Value(tensor.Name, tensor.Entry, "dtype").Value, new EquatableArray<long>(Numbers(tensor.Name, tensor.Entry, "shape"))))];
        return isNarrow ? NarrowTensors.Widened(found) : found;

        static (string Name, XElement Entry) Named(XElement entry) => (entry.Attribute("item")?.Value ?? entry.Name.LocalName, entry);
    }

    private static IEnumerable<long> Numbers(string name, XElement entry, string key) =>
        Value(name, entry, key).Elements().Select(number => XmlConvert.ToInt64(number.Value));

    private static XElement Value(string name, XElement entry, string key) => entry.Element(key) ?? throw new FormatException($"'{name}' has no {key}.");
}

/// <summary>A tensor of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type, such as <c>F32</c>.</param>
/// <param name="Shape">Its shape.</param>
internal sealed record FileTensor(string Name, string Type, EquatableArray<long> Shape)
{
    /// <summary>Type and shape, such as <c>F32[80, 20]</c>.</summary>
    public string TypeAndShape => $"{Type}[{string.Join(", ", Shape)}]";

    public override string ToString() => $"{Name} {TypeAndShape}";

    /// <summary>Whether it can be read as another one: it is equal, or two of its columns share a byte.</summary>
    public bool Fits(FileTensor needed) => Equals(needed)
        || (Type == NarrowTensors.TwoPerByte && Name == needed.Name && Shape.Count == 2 && needed.Shape.Count == 2
            && Shape[0] == needed.Shape[0] && Shape[1] == needed.Shape[1] + (needed.Shape[1] % 2));
}
