using RnnGen.Formats;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Keras;

/// <summary>Turns a Keras model into the description of a class. Values are [rows, steps, features], or [rows, features] without steps.</summary>
internal static class KerasImporter
{
    /// <summary>Imports a model.</summary>
    /// <param name="file">The file.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="settings">What the import is told besides.</param>
    /// <exception cref="ImportException">No class can express the model, or the file has only weights.</exception>
    /// <exception cref="CheckpointException">The file is broken.</exception>
    public static ImportedModel Import(TensorFile file, int size, ImportSettings settings)
    {
        var model = KerasModel.Read(file);
        if (model.ClassName is null || model.Layers.Count == 0)
        {
            throw new ImportException($"File '{file.Path}'", $"expected a model with its configuration, found only weights. Save the whole model, or declare the class and place the weights with Load(path, options).");
        }

        return Run(file, model, size, settings, smallest: 2).WithOpenSizes(Run(file, model, size, settings, smallest: 3));
    }

    private static ImportedModel Run(TensorFile file, KerasModel model, int size, ImportSettings settings, int smallest)
    {
        var context = new ImportContext(new Budget(size / 2));
        var values = new Dictionary<(string Layer, int Output), Value>();
        var inputs = new List<InputSignal>();
        for (int k = 0; k < model.Layers.Count; k++)
        {
            KerasLayer layer = model.Layers[k];
            var call = new KerasCall(context, layer, KerasCall.Describe(layer, k), model.MajorVersion ?? 2);
            Value[] outputs;
            try
            {
                bool isFirst = layer.ClassName == "InputLayer" || (k == 0 && layer.Calls.Count == 0);
                Value[] read = isFirst ? [InputOf(call, model, settings, inputs, smallest)] : Read(call, values);
                outputs = layer.ClassName == "InputLayer" ? read
                    : KerasLayerTable.Find(layer.ClassName) is { } compute ? compute(call, read)
                    : throw call.Refuse($"expected a layer that a class can express ({KerasLayerTable.Names}), found {layer.ClassName}.");
            }
            catch (ImportException e) when (!e.IsFinal)
            {
                outputs = [new UnknownValue(e)];
            }

            for (int output = 0; output < outputs.Length; output++)
            {
                values[(layer.Name, output)] = outputs[output];
            }
        }

        IEnumerable<(string, int)> names = model.Outputs.Count > 0 ? model.Outputs.Select(output => (output.Layer, output.Output)) : [(model.Layers[^1].Name, 0)];
        (string Name, SignalValue Value)[] results = [.. names.Distinct().Select(name => (Text(name), Result(values, name)))];
        return ModelBuilder.Build(context, inputs, results, settings.ClassName) with { Format = file.Format };
    }

    private static string Text((string Layer, int Output) name) => name.Output == 0 ? name.Layer : FormattableString.Invariant($"{name.Layer}:{name.Output}");

    private static SignalValue Result(Dictionary<(string Layer, int Output), Value> values, (string Layer, int Output) name) => values.GetValueOrDefault(name) switch
    {
        SignalValue { Count: > 0 } value => value,
        UnknownValue unknown => throw unknown.Reason,
        _ => throw new ImportException($"Output '{name.Layer}'", $"expected a layer of the model, found none."),
    };

    private static Value[] Read(KerasCall call, Dictionary<(string Layer, int Output), Value> values)
    {
        if (call.Layer.Calls is not [{ Count: > 0 }])
        {
            throw call.Refuse($"expected a layer that is used once and reads something, found {call.Layer.Calls.Count} uses.");
        }

        return [.. call.Layer.Calls[0].Select(input => input.Call != 0 || input.Argument is not null
            ? throw call.Refuse($"expected only inputs, found that it reads {input.Layer} as {input.Argument ?? "another use"}.")
            : values.GetValueOrDefault((input.Layer, input.Output)) switch
            {
                SignalValue value => value,
                UnknownValue unknown => throw unknown.Reason,
                _ => throw call.Refuse($"expected an earlier layer '{input.Layer}' with output {input.Output}, found none."),
            })];
    }

    private static SignalValue InputOf(KerasCall call, KerasModel model, ImportSettings settings, List<InputSignal> inputs, int smallest)
    {
        KerasLayer layer = call.Layer;
        KerasLayer reader = layer.ClassName == "InputLayer"
            ? model.Layers.FirstOrDefault(other => other.Calls.Any(read => read.Any(input => input.Layer == layer.Name))) ?? layer
            : layer;
        bool hasTokens = reader.ClassName == "Embedding";
        IReadOnlyList<int?>? told = layer.InputShape ?? reader.InputShape ?? (reader.Wrapped is [var inner, ..] ? inner.InputShape : null);
        int? features = reader.Weights is [{ Shape: [var first, ..] }, ..] ? first : null;
        int?[] shape = told is not null ? [.. told] : hasTokens ? [null, null] : [null, null, features];
        if (shape.Length is < 2 or > 3 || shape.Any(size => size < 1))
        {
            throw call.Refuse($"expected an input of rows, steps and features, found {shape.Length} dimensions.");
        }

        bool hasSteps = shape.Length == 3 || hasTokens;
        shape[^1] ??= hasTokens ? null : features;
        int[] sizes = settings.Shapes.GetValueOrDefault(layer.Name)
            ?? [shape[0] ?? smallest, .. shape[1..].Select(size => size ?? (hasSteps ? smallest + 1 : throw call.Refuse($"expected the number of features in the file, found none.")))];
        if (sizes.Length != shape.Length || Shapes.LongCount(sizes) == 0)
        {
            throw call.Refuse($"expected {shape.Length} sizes, found {Shapes.Show(sizes)}.");
        }

        call.Take(sizes);
        var signal = new InputSignal(layer.Name, inputs.Count, sizes, hasTokens);
        inputs.Add(signal);
        var value = SignalValue.Of(signal, sizes);
        signal.Resolve(value, hasTokens ? 1 : sizes[^1]);
        return value;
    }
}
