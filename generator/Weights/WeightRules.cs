using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Weights;

/// <summary>
/// Compares a model with its weights file, as strictly as <c>Load</c> does: same names, shapes and element types, and nothing else. The generator and the
/// analyzer both call it.
/// </summary>
internal static class WeightRules
{
    // Messages of more tensors are not read.
    private const int MostNames = 8;

    private const string ElementType = "F32";

    /// <summary>The names of tensors that trainers and known answers add to a file.</summary>
    private static readonly string[] Additions = ["training:", "answers:"];

    /// <summary>Checks a model without locations. The result has the hash of its file, or the errors.</summary>
    public static ParseResult Check(ParseResult result, EquatableArray<WeightsFile> files)
    {
        if (result.Model is not { Weights: { } weights } model)
        {
            return result;
        }

        var errors = new ErrorCollector(report: null);
        WeightsFile? file = Check(model, files, _ => null, fileLocation: null, errors);
        return errors.Count > 0
            ? new ParseResult(Model: null, FailedModel.Of(model, errors))
            : new ParseResult(model with { Weights = weights with { Hash = file!.Hash } }, Failure: null);
    }

    /// <summary>Reports everything that does not fit.</summary>
    /// <param name="model">The model; it has a weights file.</param>
    /// <param name="files">The files of the project.</param>
    /// <param name="layerLocation">The location of a layer.</param>
    /// <param name="fileLocation">The location of the file's name.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <returns>The model's file, or null if the project does not have it.</returns>
    public static WeightsFile? Check(
        ModelSpec model, IEnumerable<WeightsFile> files, Func<int, Location?> layerLocation, Location? fileLocation, ErrorCollector errors)
    {
        WeightsSpec weights = model.Weights!;
        string name = weights.File;
        WeightsFile? file = files.FirstOrDefault(candidate => candidate.Name == name);
        if (file is null)
        {
            errors.Add(Descriptors.WeightsFileUnknown, fileLocation, model.Target.Name, name, Item(name, weights.Embed));
        }
        else if (file.Problem is string problem)
        {
            errors.Add(Descriptors.WeightsFileUnreadable, fileLocation, model.Target.Name, name, problem);
        }
        else
        {
            if (weights.Embed && !file.IsEmbedded)
            {
                errors.Add(Descriptors.WeightsFileNotEmbedded, fileLocation, $"'{model.Target.Name}' embeds '{name}', but the project does not", $"{Item(name, embed: true)} in the project file");
            }
            else if (file.IsEmbedded && !weights.Embed)
            {
                errors.Add(Descriptors.WeightsFileNotEmbedded, fileLocation, $"The project embeds '{name}', but '{model.Target.Name}' does not", "Embed = true in [RnnModel]");
            }

            Compare(model, file, layerLocation, fileLocation, errors);
        }

        return file;
    }

    private static string Item(string name, bool embed) => $"<RnnWeights Include=\"{name}\"{(embed ? " Embed=\"true\"" : "")} />";

    private static void Compare(ModelSpec model, WeightsFile file, Func<int, Location?> layerLocation, Location? fileLocation, ErrorCollector errors)
    {
        var found = file.Tensors.Where(tensor => !Additions.Any(prefix => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .GroupBy(tensor => tensor.Name).ToDictionary(group => group.Key, group => group.First());
        ILookup<int, FileTensor> needed = Tensors(model);
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            string name = model.Layers[layer].Name;
            FileTensor[] missing = [.. needed[layer].Where(tensor => !found.ContainsKey(tensor.Name))];
            if (missing.Length > 0)
            {
                errors.Add(Descriptors.TensorMissing, layerLocation(layer), name, file.Name, List(missing.Select(tensor => tensor.ToString())));
            }

            FileTensor[] different = [.. needed[layer].Where(tensor => found.TryGetValue(tensor.Name, out FileTensor other) && !other.Fits(tensor))];
            if (different.Length > 0)
            {
                errors.Add(Descriptors.TensorMismatch, layerLocation(layer), name, file.Name, List(different.Select(tensor => $"{found[tensor.Name]} must be {tensor.TypeAndShape}")));
            }
        }

        var known = new HashSet<string>(needed.SelectMany(tensors => tensors).Select(tensor => tensor.Name));
        FileTensor[] surplus = [.. found.Values.Where(tensor => !known.Contains(tensor.Name))];
        if (surplus.Length > 0)
        {
            errors.Add(Descriptors.TensorSurplus, fileLocation, model.Target.Name, file.Name, List(surplus.Select(tensor => tensor.ToString())));
        }
    }

    /// <summary>The tensors of a model's checkpoint by layer. They need no plan, only the equations.</summary>
    private static ILookup<int, FileTensor> Tensors(ModelSpec model) => (
        from node in ModelGraph.Of(model).Nodes
        where node.Layer is not null
        from tensor in node.Layer!.Kind.CellOf(node.Layer).Tensors
        where tensor.Role != TensorRole.Tied
        let name = $"{node.Layer!.Name}.{tensor.NameAt(node.ParameterSuffix)}"
        select (node.Index, Tensor: new FileTensor(name, ElementType, new EquatableArray<long>(tensor.Shape.Select(size => (long)size)))))
        .ToLookup(pair => pair.Index, pair => pair.Tensor);

    private static string List(IEnumerable<string> tensors)
    {
        string[] all = [.. tensors];
        return string.Join("; ", all.Take(MostNames)) + (all.Length > MostNames ? $"; and {all.Length - MostNames} more" : "");
    }
}
