using RnnGen.Checkpoints;
using RnnGen.Tool.Import;

namespace RnnGen.Tool.Writing;

/// <summary>Other names for tensors: <c>Lstm=net.rnn</c> renames all tensors of a layer, <c>Lstm.bias=b</c> a single one.</summary>
/// <param name="texts">Old and new names, with an equals sign between them. The last equals sign counts.</param>
internal sealed class TensorRenames(IReadOnlyList<string> texts)
{
    private const string Option = "--rename";

    /// <summary>Renames tensors.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <returns>The same tensors with their new names.</returns>
    /// <exception cref="ImportException">A text renames nothing, or two tensors have the same new name.</exception>
    public TensorToWrite[] Apply(IReadOnlyList<FileTensor> tensors)
    {
        string[] names = [.. tensors.Select(tensor => tensor.Name)];
        foreach (string text in texts)
        {
            int split = text.LastIndexOf('=');
            (string old, string name) = split < 1 ? ("", "") : (text[..split], text[(split + 1)..]);
            bool isUsed = false;
            for (int k = 0; k < names.Length; k++)
            {
                if (New(tensors[k].Name, old, name) is string found)
                {
                    names[k] = found;
                    isUsed = true;
                }
            }

            if (!isUsed)
            {
                throw new ImportException(Option, $"expected the name of a layer or tensor, an equals sign and its new name, found '{text}'. There are {string.Join(", ", tensors.Select(tensor => tensor.Name))}.");
            }
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1 || group.Key == SafetensorsHeader.MetadataName) is { } wrong)
        {
            throw new ImportException($"Tensor '{wrong.Key}'", $"expected a name that no other tensor has, and not {SafetensorsHeader.MetadataName}. Another name is told by {Option}.");
        }

        return [.. tensors.Zip(names, (tensor, name) => new TensorToWrite(name, tensor.Shape, tensor.Values.ToArray()))];
    }

    private static string? New(string tensor, string old, string name)
    {
        if (old.Length == 0 || !tensor.StartsWith(old, StringComparison.Ordinal))
        {
            return null;
        }

        string rest = tensor[old.Length..];
        return rest.Length == 0 ? name : rest[0] == '.' ? TensorNames.Join(name, rest[1..]) : null;
    }
}
