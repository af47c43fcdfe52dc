namespace RnnGen.Interop;

/// <summary>Multiplies a scaling of features into the weights of a layer, in double precision.</summary>
internal static class Folding
{
    /// <summary>A layer that reads <c>scale ∘ x + shift</c>: <c>W·(s ∘ x + t) + b = (W·diag(s))·x + (b + W·t)</c>.</summary>
    public static IReadOnlyList<ParameterValues> Inputs(Layer layer, FeatureScaling scaling)
    {
        if (layer.Declaration is RecurrentAttribute { Residual: true } or DenseAttribute { Residual: true })
        {
            throw new ArgumentException($"Layer '{layer.Name}' adds its input to its output (Residual = true), so that its weights cannot scale it.", nameof(layer));
        }

        if (layer.Declaration is LstmAttribute { LayerNorm: true } or LayerNormAttribute or NormalizationAttribute or EmbeddingAttribute)
        {
            throw new ArgumentException($"Expected a layer with a matrix that multiplies its input, found {layer}.", nameof(layer));
        }

        (Parameter Weight, Parameter? Bias)[] pairs = layer.Declaration is RecurrentAttribute
            ? [.. RecurrentPart.All(layer).Where(part => part.Level == 0).Select(part => (part.InputWeights, part.InputBias))]
            : [LayerConversion.ParametersOf(layer)];
        return [.. pairs.SelectMany(pair => Inputs(layer, pair.Weight, pair.Bias, scaling))];
    }

    /// <summary>A layer whose output becomes <c>scale ∘ y + shift</c>: rows are scaled.</summary>
    public static IReadOnlyList<ParameterValues> Outputs(Layer layer, FeatureScaling scaling)
    {
        if (layer.Declaration is RecurrentAttribute or NormalizationAttribute or DenseAttribute { Residual: true })
        {
            throw new ArgumentException($"Expected a layer whose output is linear in its weights: a dense layer, an embedding or a layer normalization, found {layer}.", nameof(layer));
        }

        (Parameter weight, Parameter? bias) = LayerConversion.ParametersOf(layer);
        bool isTable = weight.IsTable;
        int units = isTable ? weight.Shape[1] : weight.Shape[0];
        CheckCount(scaling, units);
        if (bias is null && !isTable)
        {
            CheckNoShift(layer, scaling);
        }

        float[] values = RecurrentPart.ValuesOf(weight);
        int columns = values.Length / units;
        for (int k = 0; k < values.Length; k++)
        {
            int unit = isTable ? k % units : k / columns;
            values[k] = (float)((values[k] * scaling.Scale[unit]) + (isTable ? scaling.Shift[unit] : 0));
        }

        return bias is null ? [new(weight, values)]
            : [new(weight, values), new(bias, [.. RecurrentPart.ValuesOf(bias).Select((b, unit) => (float)((b * scaling.Scale[unit]) + scaling.Shift[unit]))])];
    }

    private static IEnumerable<ParameterValues> Inputs(Layer layer, Parameter weight, Parameter? bias, FeatureScaling scaling)
    {
        int columns = weight.Shape[1];
        CheckCount(scaling, columns);
        if (bias is null)
        {
            CheckNoShift(layer, scaling);
        }

        float[] values = RecurrentPart.ValuesOf(weight);
        double[] shifts = [.. Enumerable.Range(0, weight.Shape[0]).Select(row => Enumerable.Range(0, columns).Sum(column => values[(row * columns) + column] * scaling.Shift[column]))];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = (float)(values[k] * scaling.Scale[k % columns]);
        }

        return bias is null ? [new(weight, values)] : [new(weight, values), new(bias, [.. RecurrentPart.ValuesOf(bias).Zip(shifts, (b, shift) => (float)(b + shift))])];
    }

    private static void CheckCount(FeatureScaling scaling, int count)
    {
        if (scaling.Scale.Count != count)
        {
            throw new ArgumentException($"Expected a scaling of {count} features, found {scaling.Scale.Count}.", nameof(scaling));
        }
    }

    private static void CheckNoShift(Layer layer, FeatureScaling scaling)
    {
        if (scaling.Shift.Any(shift => shift != 0))
        {
            throw new ArgumentException($"Expected a scaling without shift, because layer '{layer.Name}' has no bias (Bias = false), found another one.", nameof(scaling));
        }
    }
}
