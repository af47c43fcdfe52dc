using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>What a file has in place of missing tensors: for messages, and never to guess.</summary>
/// <param name="weights">The model.</param>
/// <param name="names">The names that were looked for.</param>
/// <param name="left">The tensors of the file that have no place.</param>
internal sealed class NameAdvice(ModelWeights weights, FileNames names, FileTensor[] left)
{
    // Enough for every network of people, and soon done for a hostile file.
    private const int MostCompared = 1000;
    private const int MostExplained = 10;
    private const int Nearest = 3;

    private static readonly FormattableString None = $"";

    /// <summary>What to say of a missing tensor: what the file has, the nearest first. Those of the same shape are nearer than others.</summary>
    /// <param name="layer">The layer of the parameter.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="number">How many were explained before.</param>
    public FormattableString Missing(Layer layer, Parameter parameter, int number)
    {
        string name = names.Of(layer, parameter);
        FormattableString[] nearest = number >= MostExplained || left.Length > MostCompared ? [] :
        [
            .. left.OrderBy(tensor => Conversions.Fits(tensor.Shape, parameter.Shape, isExact: false) ? 0 : 1)
                .ThenBy(tensor => Distance(tensor.Name, name))
                .Take(Nearest).Select(tensor => (FormattableString)$"'{tensor.Name}' {ShapeText.Of(tensor.Shape)}"),
        ];
        FormattableString has = nearest.Length == 0 ? None
            : left.Length == nearest.Length ? (FormattableString)$" Left in the file: {nearest}."
            : $" Nearest of {left.Length} left in the file: {nearest}.";
        bool isBias = parameter.Name.StartsWith("bias", StringComparison.Ordinal) && !left.Any(tensor => Conversions.Fits(tensor.Shape, parameter.Shape, isExact: false));
        FormattableString bias = isBias ? $" A layer without bias is declared with Bias = false." : None;
        return $"expected this tensor, {parameter.ShapeText}, found none with this name.{has}{bias}";
    }

    /// <summary>The options with which missing layers would be found by the names and shapes of their tensors; null if there are none.</summary>
    /// <param name="missing">The layers with missing tensors.</param>
    public FormattableString? Options(IEnumerable<Layer> missing)
    {
        string[] modules = [.. left.Select(tensor => ModuleOf(names.Short(tensor))).Distinct()];
        if (modules.Length > MostCompared)
        {
            return null;
        }

        Dictionary<Layer, List<string>> candidates = missing.Distinct().ToDictionary(layer => layer, layer => modules.Where(module => Fits(layer, module)).ToList());
        Deduce(candidates);
        string[] single = [.. candidates.Values.Where(modules => modules.Count == 1).Select(modules => modules[0])];
        (Layer Layer, List<string> Modules)[] found =
        [
            .. weights.Layers.Where(layer => candidates.GetValueOrDefault(layer) is { Count: > 0 } modules && (modules.Count > 1 || single.Count(modules[0].Equals) == 1))
                .Select(layer => (layer, candidates[layer])),
        ];
        if (found.Length == 0)
        {
            return null;
        }

        // Another prefix would lose what has been found without it.
        bool isAll = found.Length > 1 && found.Length == weights.Layers.Count(layer => layer.Stored.Count > 0);
        string prefix = isAll ? CommonPrefix([.. found.SelectMany(layer => layer.Modules)]) : names.Wrapper;
        FormattableString[] renames =
        [
            .. found.Where(layer => layer.Modules is not [string only] || only[prefix.Length..] != layer.Layer.Name)
                .Select(layer => (FormattableString)$"[\"{layer.Layer.Name}\"] = {Alternatives(layer.Modules, prefix.Length)}"),
        ];
        FormattableString before = prefix == names.Wrapper ? None : $"Prefix = \"{names.Prefix}{prefix}\"";
        FormattableString rename = renames.Length == 0 ? None : $"Rename = {{ {renames} }}";
        FormattableString[] both = [.. new[] { before, rename }.Where(part => part.Format.Length > 0)];
        return $"Names and shapes would fit with new LoadOptions {{ {both} }}.";
    }

    private static string ModuleOf(string name) => name[..Math.Max(0, name.LastIndexOf('.'))];

    /// <summary>A module that only one layer can be is none of the others.</summary>
    private static void Deduce(Dictionary<Layer, List<string>> candidates)
    {
        bool isChanged = true;
        while (isChanged)
        {
            string[] taken = [.. candidates.Values.Where(modules => modules.Count == 1).Select(modules => modules[0])];
            isChanged = candidates.Values.Where(modules => modules.Count > 1).Sum(modules => modules.RemoveAll(taken.Contains)) > 0;
        }
    }

    private static FormattableString Alternatives(List<string> modules, int start)
    {
        const int Most = 3;
        FormattableString text = $"\"{modules[0][start..]}\"";
        foreach (string module in modules.Skip(1).Take(Most - 1))
        {
            text = $"{text} or \"{module[start..]}\"";
        }

        return text;
    }

    private string CommonPrefix(string[] modules)
    {
        string first = modules[0];
        int length = Enumerable.Range(0, first.Length).TakeWhile(k => modules.All(module => k < module.Length && module[k] == first[k])).Count();
        return first[..(first[..length].LastIndexOf('.') + 1)] is { Length: > 0 } prefix && prefix.Length > names.Wrapper.Length ? prefix : names.Wrapper;
    }

    private bool Fits(Layer layer, string module)
    {
        return module.StartsWith(names.Wrapper, StringComparison.Ordinal)
            && layer.Stored.Count > 0
            && layer.Stored.All(parameter => Has(parameter) || (names.OtherBias(layer, parameter) is Parameter other && Has(other)));

        bool Has(Parameter parameter) =>
            names.Find(layer, parameter, names.Prefix + TensorNames.Join(module, parameter.Name)) is FileTensor tensor
            && Conversions.Fits(tensor.Shape, parameter.Shape, isExact: false);
    }

    /// <summary>How different two names are. Only the ends of long ones count.</summary>
    private static int Distance(string a, string b) => EditDistance.Between(End(a), End(b), stackalloc int[Printable.LongestName + 1]);

    private static ReadOnlySpan<char> End(string name) => name.AsSpan(Math.Max(0, name.Length - Printable.LongestName));
}
