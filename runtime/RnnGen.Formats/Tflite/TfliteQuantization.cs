namespace RnnGen.Formats.Tflite;

/// <summary>
/// What the whole numbers of a tensor stand for: <c>scale * (number - zero point)</c>, with one scale for the tensor or one for every index of a
/// dimension. See https://www.tensorflow.org/lite/performance/quantization_spec.
/// </summary>
internal readonly struct TfliteQuantization
{
    private readonly FlatbufferVector _scales;
    private readonly FlatbufferVector _zeroPoints;

    // Neighboring elements with the same scale.
    private readonly int _inner;

    private TfliteQuantization(FlatbufferVector scales, FlatbufferVector zeroPoints, int inner)
    {
        _scales = scales;
        _zeroPoints = zeroPoints;
        _inner = inner;
    }

    /// <summary>Reads the quantization of a tensor of whole numbers.</summary>
    /// <param name="file">The file.</param>
    /// <param name="table">Its <c>QuantizationParameters</c>.</param>
    /// <param name="shape">The shape of the tensor.</param>
    /// <param name="tensor">Its name, for messages.</param>
    /// <returns>Null if the numbers stand for themselves.</returns>
    public static TfliteQuantization? Read(SourceFile file, FlatbufferTable table, IReadOnlyList<int> shape, string tensor)
    {
        FlatbufferVector scales = table.Vector(2, sizeof(float));
        FlatbufferVector zeroPoints = table.Vector(3, sizeof(long));
        if (scales.Count == 0 || (scales.Count == 1 && scales.Float(0) == 0))
        {
            return null;
        }

        int dimension = table.Int(6);
        bool isPerTensor = scales.Count == 1;
        if (!isPerTensor && (dimension < 0 || dimension >= shape.Count || shape[dimension] != scales.Count))
        {
            throw file.Broken(
                table.Offset, $"expected one scale, or one for each index of a dimension of [{string.Join(", ", shape)}], found {scales.Count} for dimension {dimension}.", tensor);
        }

        if (zeroPoints.Count > 1 && zeroPoints.Count != scales.Count)
        {
            throw file.Broken(table.Offset, $"expected one zero point or {scales.Count}, as many as scales, found {zeroPoints.Count}.", tensor);
        }

        for (int k = 0; k < scales.Count; k++)
        {
            if (!float.IsFinite(scales.Float(k)) || scales.Float(k) < 0)
            {
                throw file.Broken(scales.Offset, $"expected scales from 0, found {scales.Float(k)}.", tensor);
            }
        }

        int inner = 1;
        for (int d = isPerTensor ? 0 : dimension + 1; d < shape.Count; d++)
        {
            inner *= shape[d];
        }

        return new TfliteQuantization(scales, zeroPoints, inner);
    }

    /// <summary>What the elements of a tensor stand for.</summary>
    /// <param name="elementType">Their type in the spelling of safetensors.</param>
    /// <param name="data">The elements.</param>
    public float[] ToFloats(string elementType, ReadOnlySpan<byte> data)
    {
        int size = Elements.SizeOf(elementType);
        bool isSigned = elementType[0] == 'I';
        int unused = 8 * (sizeof(ulong) - size);
        var values = new float[data.Length / size];
        for (int start = 0, index = 0; start < values.Length; start += _inner, index++)
        {
            int k = index % _scales.Count;
            double scale = _scales.Float(k);
            long zeroPoint = _zeroPoints.Count == 0 ? 0 : _zeroPoints.Long(_zeroPoints.Count == 1 ? 0 : k);
            for (int j = start; j < start + _inner; j++)
            {
                ulong bits = LittleEndian.ToUInt64(data.Slice(j * size, size));
                double number = isSigned ? (long)(bits << unused) >> unused : bits;
                values[j] = (float)(scale * (number - zeroPoint));
            }
        }

        return values;
    }
}
