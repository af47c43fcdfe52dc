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

    // Deeper than any header, so that a foreign file costs nothing.
    private const int LargestDepth = 8;

    /// <summary>The name of the resource that an embedded file is.</summary>
    public static string Resource(string name) => "RnnGen.Weights/" + name;

    /// <summary>Reads a description: lines with the name, <c>embed</c> or nothing, and the hash, then the header; nothing if the file has none.</summary>
    /// <returns>The file, or null for any other text.</returns>
    public static WeightsFile? Read(AdditionalText text, CancellationToken cancellationToken)
    {
        if (!text.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || text.GetText(cancellationToken) is not { } content)
        {
            return null;
        }

        string[] parts = content.ToString().Split(['\n'], 4);

        // Generated code has the name in a comment and in a string.
        return parts.Length == 4 && parts[0] == FailureEmitter.OneLine(parts[0]) ? Read(parts[0], parts[1] == "embed", parts[2], parts[3]) : null;
    }

    private static WeightsFile Read(string name, bool isEmbedded, string hash, string header)
    {
        try
        {
            return new WeightsFile(name, isEmbedded, hash, new EquatableArray<FileTensor>(ReadHeader(header)), Problem: null);
        }
        catch (Exception exception) when (exception is XmlException or FormatException or OverflowException)
        {
            return new WeightsFile(name, isEmbedded, hash, default, FailureEmitter.OneLine(exception.Message));
        }
    }

    private static FileTensor[] ReadHeader(string header)
    {
        if (!header.StartsWith("{", StringComparison.Ordinal))
        {
            throw new FormatException("it has no header");
        }

        var quotas = new XmlDictionaryReaderQuotas();
        XmlDictionaryReaderQuotas.Max.CopyTo(quotas);
        quotas.MaxDepth = LargestDepth;
        using XmlDictionaryReader json = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(header), quotas);

        // A name that XML does not allow is an attribute.
        return
        [
            .. from tensor in XElement.Load(json).Elements()
               let name = tensor.Attribute("item")?.Value ?? tensor.Name.LocalName
               where name != "__metadata__"
               select new FileTensor(
                   name,
                   tensor.Element("dtype")?.Value ?? throw new FormatException($"'{name}' has no dtype"),
                   new EquatableArray<long>((tensor.Element("shape") ?? throw new FormatException($"'{name}' has no shape")).Elements().Select(size => XmlConvert.ToInt64(size.Value)))),
        ];
    }
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
}
