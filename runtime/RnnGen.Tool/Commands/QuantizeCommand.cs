using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RnnGen.Formats;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Verify;
using RnnGen.Tool.Writing;

namespace RnnGen.Tool.Commands;

/// <summary>Tells what narrow weights would cost an imported network.</summary>
internal static class QuantizeCommand
{
    private static readonly WeightFormat[] Formats = [WeightFormat.BFloat16, WeightFormat.Int8, WeightFormat.Int4];

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An ONNX, Keras or RTNeural file." };
        var data = new Option<string?>("--data")
        {
            Description = "A file of any format that RnnGen.Formats reads with a tensor inputs, [steps, InputSize] or [sequences, steps, InputSize], tokens without the last dimension; "
                + "and for a loss, with a tensor targets: a class for each row of outputs of a softmax, else a number for each output. By default, inputs are made up.",
        };
        var steps = new Option<int>("--steps") { Description = "The number of steps of made-up inputs.", DefaultValueFactory = _ => 1000 };
        var formats = new Option<string[]>("--format") { Description = "A format; by default all. Can be repeated." };
        formats.AcceptOnlyFromAmong([.. Formats.Select(format => format.ToString())]);
        var error = new Option<double?>("--error") { Description = "How far an output may be off: the layers to keep in floats are named." };
        var loss = new Option<double?>("--loss") { Description = "By how much the mean loss may grow, likewise; cross-entropies are in nats. Needs targets." };
        steps.Validators.Add(AtLeast(1));
        error.Validators.Add(AtLeastZero);
        loss.Validators.Add(AtLeastZero);
        var command = new Command("quantize", "Tells what narrow weights cost a network: errors of each format, all layers together and each alone, and the declaration that keeps a bound. The network is run in double, rounded as steps round.")
        {
            file, data, steps, formats, error, loss, InputOptions.Set, InputOptions.Shape,
        };
        command.SetAction(result => CommandAction.Run(
            () =>
            {
                string path = result.GetRequiredValue(file);
                ImportedModel model = NetworkFile.Import(path, NetworkFile.ReadBytes(path), InputOptions.Read(result));
                TextWriter console = result.InvocationConfiguration.Output;
                (double? largest, double? increase) = (result.GetValue(error), result.GetValue(loss));
                QuantizationData inputs = result.GetValue(data) is string from ? QuantizationInputs.Read(model, from) : QuantizationInputs.MakeUp(model, result.GetValue(steps));
                if (increase is not null && inputs.Targets is null)
                {
                    throw new ImportException("--loss", $"expected a file of --data with a tensor 'targets', found none.");
                }

                console.WriteLine(result.GetValue(data) is null
                    ? string.Create(CultureInfo.InvariantCulture, $"The inputs are made up: {result.GetValue(steps):N0} {(model.HasTokens ? "random tokens" : "steps of normal numbers")}. What they tell of your data is little: --data has yours.")
                    : string.Create(CultureInfo.InvariantCulture, $"{inputs.Sequences.Length:N0} sequences, {inputs.Sequences.Sum(sequence => sequence.Length / (model.HasTokens ? 1 : model.InputSize)):N0} steps."));
                var quantization = new Quantization(model, inputs);
                string[] names = result.GetValue(formats) ?? [];
                foreach (WeightFormat format in Formats.Where(format => names.Length == 0 || names.Contains(format.ToString())))
                {
                    Show(model, quantization, format, largest, increase, console);
                }

                return 0;
            },
            result.InvocationConfiguration.Error));
        return command;
    }

    private static void Show(ImportedModel model, Quantization quantization, WeightFormat format, double? error, double? loss, TextWriter console)
    {
        int[] layers = [.. quantization.NarrowLayers];
        if (layers.Length == 0)
        {
            throw new ImportException("The network", $"expected a recurrent layer with 8 inputs or units, found none: there is nothing to round.");
        }

        (int Layer, Rounding Rounding)[] alone = [.. layers.Select(layer => (layer, quantization.Round(format, [layer])))];
        Rounding all = quantization.Round(format, layers);
        NetworkReport.WriteTable(
            console,
            $"Rounded to {format}",
            ["layer", "bytes", "instead of", "largest difference", "root mean square", "dB", .. all.LossIncrease is null ? (string[])[] : ["loss"]],
            [
                .. alone.Select(pair => Row($"{model.Layers[pair.Layer].Name} alone", Bytes([pair.Layer], format), Bytes([pair.Layer], WeightFormat.Float32), pair.Rounding)),
                Row("all of them", Bytes(layers, format), Bytes(layers, WeightFormat.Float32), all),
            ]);
        (int[] kept, Rounding rest) = error is null && loss is null
            ? ([], all)
            : quantization.Keep(format, alone, rounding => (error is null || rounding.Outputs.Largest <= error) && (loss is null || rounding.LossIncrease <= loss));
        if (error is not null || loss is not null)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"To keep in floats: {(kept.Length == 0 ? "nothing" : string.Join(", ", kept.Select(layer => model.Layers[layer].Name)))}. Then the largest difference is {Number(rest.Outputs.Largest)}{(rest.LossIncrease is double grown ? $", and the loss grows by {Number(grown)}" : "")}."));
        }

        console.WriteLine("To declare:");
        foreach (int layer in layers)
        {
            console.WriteLine($"  {model.Layers[layer].Name}: [{ClassWriter.Attribute(model.Layers[layer], kept.Contains(layer) ? [] : [$"Weights = WeightFormat.{format}"])}]");
        }

        long Bytes(int[] of, WeightFormat which) => of.Sum(layer => quantization.BytesOf(layer, which));
    }

    private static string[] Row(string name, long bytes, long before, Rounding rounding) =>
    [
        name, bytes.ToString("N0", CultureInfo.InvariantCulture), before.ToString("N0", CultureInfo.InvariantCulture), Number(rounding.Outputs.Largest), Number(rounding.Outputs.RootMeanSquare),
        rounding.Outputs.SignalToNoise.ToString("0.0", CultureInfo.InvariantCulture), .. rounding.LossIncrease is double loss ? (string[])[Number(loss)] : [],
    ];

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static Action<OptionResult> AtLeast(int least) => result =>
    {
        if (result.GetValueOrDefault<int>() < least)
        {
            result.AddError($"Expected at least {least} as {result.Option.Name}.");
        }
    };

    private static void AtLeastZero(OptionResult result)
    {
        if (!(result.GetValueOrDefault<double?>() is null or >= 0))
        {
            result.AddError($"Expected at least 0 as {result.Option.Name}.");
        }
    }
}

/// <summary>What a network is run on.</summary>
internal static class QuantizationInputs
{
    /// <summary>Normal numbers, or random tokens, always the same.</summary>
    public static QuantizationData MakeUp(ImportedModel model, int steps)
    {
        var random = new Random(1);
        double[] inputs = model.HasTokens
            ? [.. Enumerable.Range(0, steps).Select(_ => (double)random.Next(model.InputSize))]
            : [.. Enumerable.Range(0, steps * model.InputSize).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        return new QuantizationData([inputs], null);
    }

    /// <summary>The tensors of a file.</summary>
    /// <exception cref="ImportException">They do not fit the network.</exception>
    public static QuantizationData Read(ImportedModel model, string path)
    {
        TensorFile file = TensorFiles.Read(path);
        FileTensor tensor = file.Find("inputs") ?? (file.Tensors.Count == 1 ? file.Tensors[0] : throw new ImportException("Tensor 'inputs'", $"expected it in '{path}', found none of this name among {file.Tensors.Count}."));
        int[] shape = [.. tensor.Shape];
        int last = model.HasTokens ? shape.Length : shape.Length - 1;
        if (last is not (1 or 2) || (!model.HasTokens && shape[^1] != model.InputSize) || tensor.Values.Length == 0)
        {
            throw new ImportException(
                $"Tensor '{tensor.Name}'", $"expected [steps{(model.HasTokens ? "" : $", {model.InputSize}")}] or [sequences, steps{(model.HasTokens ? "" : $", {model.InputSize}")}], found {Shapes.Show(shape)}.");
        }

        if (model.HasTokens && tensor.Values.ToArray().FirstOrDefault(token => !(token >= 0 && token < model.InputSize && token == MathF.Floor(token)), -1) is var wrong && !wrong.Equals(-1f))
        {
            throw new ImportException($"Tensor '{tensor.Name}'", $"expected tokens from 0 to {model.InputSize - 1}, found {wrong}.");
        }

        int sequences = last == 2 ? shape[0] : 1;
        return new QuantizationData(Split(tensor, sequences), file.Find("targets") is { } targets ? Targets(model, targets, sequences, shape[last - 1]) : null);
    }

    private static double[][] Targets(ImportedModel model, FileTensor targets, int sequences, int steps)
    {
        if (model.Results.Count() > 1)
        {
            throw new ImportException("Tensor 'targets'", $"expected none for a network with several heads, found it: leave it out, and give --error.");
        }

        ImportedLayer head = model.Results.Single();
        int width = head.Kind == "Softmax" ? 1 : head.Width;
        int rows = model.Layers.Any(layer => !layer.Get("ReturnSequences", true)) ? 1 : steps;
        if (targets.Values.Length != sequences * rows * width)
        {
            throw new ImportException("Tensor 'targets'", $"expected {sequences * rows * width} numbers for {sequences} x {rows} rows of outputs, found {targets.Values.Length}.");
        }

        bool areClasses = head.Kind == "Softmax";
        return targets.Values.ToArray().All(target => float.IsFinite(target) && (!areClasses || (target >= 0 && target < head.Width)))
            ? Split(targets, sequences)
            : throw new ImportException("Tensor 'targets'", $"expected {(areClasses ? $"classes from 0 to {head.Width - 1}" : "finite numbers")}, found others.");
    }

    private static double[][] Split(FileTensor tensor, int sequences) =>
        [.. tensor.Values.ToArray().Chunk(tensor.Values.Length / sequences).Select(part => Array.ConvertAll(part, value => (double)value))];
}
