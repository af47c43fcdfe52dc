using System.Buffers.Binary;
using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>
/// The weights of a file as steps read them. Its metadata say that it is such a file, and whoever reads it gets floats. Halves of floats are BF16; bytes are I8, with a
/// scale for each row in the tensor <c>scales:NAME</c>; four bits are two to a byte of U8, the first one in its lower half, from 1 for -7 to 15 for 7, with such scales
/// and, in <c>factors:NAME</c>, a factor for each half of each 64 columns: the first two of every four, and the other two. The second half of a row's last byte is 0 if
/// the number of columns is odd.
/// </summary>
internal static class NarrowTensors
{
    /// <summary>The key of the library's own metadata.</summary>
    public const string Key = "narrow";

    /// <summary>Its value.</summary>
    public const string Version = "1";

    private const string Scales = "scales:";
    private const string Factors = "factors:";

    /// <summary>The tensors of all parameters.</summary>
    public static IEnumerable<TensorToWrite> Of(ModelWeights weights)
    {
        float[] rounded = [.. weights.Values];
        weights.Round(rounded);
        foreach (Parameter parameter in weights.Parameters)
        {
            var values = new float[parameter.Count];
            parameter.Read(rounded, values);
            IEnumerable<TensorToWrite> tensors = weights.FormatOf(parameter) switch
            {
                WeightFormat.BFloat16 => [new TensorToWrite(parameter.FullName, ElementType.BFloat16, parameter.Shape, Halves(values))],
                WeightFormat.Int8 => Bytes(parameter, values),
                WeightFormat.Int4 => Nibbles(parameter, values),
                _ => [new TensorToWrite(parameter.FullName, parameter.Shape, values)],
            };
            foreach (TensorToWrite tensor in tensors)
            {
                yield return tensor;
            }
        }
    }

    /// <summary>Replaces the tensors of such a file by those of floats.</summary>
    /// <exception cref="CheckpointException">Scales or factors are missing, superfluous, or of another shape.</exception>
    public static void Widen(string path, Dictionary<string, SafetensorsTensor> tensors)
    {
        foreach (SafetensorsTensor tensor in tensors.Values.ToArray())
        {
            if (tensor.Dtype == ElementType.BFloat16)
            {
                float[] halves = Elements.ToFloats(ElementType.BFloat16, tensor.Data);
                tensors[tensor.Name] = Floats(path, tensor, tensor.Shape, k => halves[k]);
            }
            else if (tensor.Name.StartsWith(Scales, StringComparison.Ordinal))
            {
                string name = tensor.Name[Scales.Length..];
                if (!tensors.TryGetValue(name, out SafetensorsTensor? matrix))
                {
                    throw tensor.Wrong(CheckpointReason.SurplusTensor, $"expected the matrix of these scales, '{name}', found none with this name.");
                }

                tensors.Remove(tensor.Name);
                tensors[name] = matrix.Dtype == ElementType.Byte ? OfNibbles(path, matrix, tensor, tensors) : OfBytes(path, matrix, tensor);
            }
        }

        foreach (SafetensorsTensor tensor in tensors.Values)
        {
            if (tensor.Name.StartsWith(Factors, StringComparison.Ordinal))
            {
                throw tensor.Wrong(CheckpointReason.SurplusTensor, $"expected factors of a matrix of type {ElementType.Byte} with scales, found no such matrix.");
            }
        }
    }

    private static SafetensorsTensor OfBytes(string path, SafetensorsTensor matrix, SafetensorsTensor scales)
    {
        (int rows, int columns) = ShapeOf(matrix);
        matrix.Check(ElementType.SignedByte, rows, columns);
        scales.Check(ElementType.Float, rows);
        float[] each = scales.Floats().ToArray();
        return Floats(path, matrix, matrix.Shape, k => (sbyte)matrix.Data[k] * each[k / columns]);
    }

    private static SafetensorsTensor OfNibbles(string path, SafetensorsTensor matrix, SafetensorsTensor scales, Dictionary<string, SafetensorsTensor> tensors)
    {
        (int rows, int pairs) = ShapeOf(matrix);
        scales.Check(ElementType.Float, rows);
        if (!tensors.Remove(Factors + matrix.Name, out SafetensorsTensor? factors))
        {
            throw matrix.Wrong(CheckpointReason.MissingTensor, $"expected the factors of this matrix, '{Factors + matrix.Name}', found none with this name.");
        }

        int groups = GroupsOf(2L * pairs);
        factors.Check(ElementType.Byte, rows, groups);
        float[] each = scales.Floats().ToArray();
        bool isOdd = matrix.Count > 0 && matrix.Data[pairs - 1] >> 4 == 0;
        long columns = (2L * pairs) - (isOdd ? 1 : 0);
        return Floats(path, matrix, [rows, columns], k =>
        {
            int row = (int)(k / columns);
            int column = (int)(k - (row * columns));
            int nibble = (matrix.Data[(row * pairs) + (column / 2)] >> (4 * (column % 2))) & 0xF;
            return (nibble - NibbleRounding.Zero) * factors.Data[(row * groups) + GroupOf(column)] * each[row];
        });
    }

    private static (int Rows, int Columns) ShapeOf(SafetensorsTensor matrix)
    {
        int[] shape = matrix.ArrayShape();
        return shape.Length == 2 ? (shape[0], shape[1])
            : throw matrix.Wrong(CheckpointReason.Shape, $"expected a matrix, as there are scales of its rows, found shape [{string.Join(", ", matrix.Shape)}].");
    }

    private static SafetensorsTensor Floats(string path, SafetensorsTensor source, long[] shape, Func<int, float> valueOf)
    {
        // No overflow: the elements of the source are in the file, and there are at most two in a byte.
        long count = 1;
        foreach (long size in shape)
        {
            count *= size;
        }

        if (count > Array.MaxLength / sizeof(float))
        {
            throw source.Wrong(CheckpointReason.Shape, $"expected at most {Array.MaxLength / sizeof(float)} elements, found {count}.");
        }

        var bytes = new byte[count * sizeof(float)];
        for (int k = 0; k < count; k++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(k * sizeof(float)), valueOf(k));
        }

        return new SafetensorsTensor(path, source.Name, ElementType.Float, shape, source.Offset, bytes);
    }

    private static byte[] Halves(float[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (int k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * k), (ushort)(BitConverter.SingleToUInt32Bits(values[k]) >> 16));
        }

        return bytes;
    }

    private static IEnumerable<TensorToWrite> Bytes(Parameter parameter, float[] values)
    {
        int columns = parameter.Shape[1];
        var scales = new float[parameter.Shape[0]];
        var bytes = new byte[values.Length];
        for (int row = 0; row < scales.Length; row++)
        {
            int[] integers = Integers(values.AsSpan(row * columns, columns), WeightRounding.LargestByte, out scales[row]);
            for (int column = 0; column < columns; column++)
            {
                bytes[(row * columns) + column] = unchecked((byte)integers[column]);
            }
        }

        return [new TensorToWrite(parameter.FullName, ElementType.SignedByte, parameter.Shape, bytes), new TensorToWrite(Scales + parameter.FullName, [scales.Length], scales)];
    }

    private static IEnumerable<TensorToWrite> Nibbles(Parameter parameter, float[] values)
    {
        int columns = parameter.Shape[1];
        int pairs = (columns + 1) / 2;
        int groups = GroupsOf(2L * pairs);
        var scales = new float[parameter.Shape[0]];
        var factors = new byte[scales.Length * groups];
        var bytes = new byte[scales.Length * pairs];
        for (int row = 0; row < scales.Length; row++)
        {
            int[] integers = Integers(values.AsSpan(row * columns, columns), NibbleRounding.LargestWeight, out scales[row]);
            for (int group = 0; group < groups; group++)
            {
                int[] own = [.. Enumerable.Range(0, columns).Where(column => GroupOf(column) == group)];
                int factor = Enumerable.Range(1, NibbleRounding.LargestFactor).First(f => own.All(column => integers[column] % f == 0 && Math.Abs(integers[column]) <= f * NibbleRounding.Largest));
                factors[(row * groups) + group] = (byte)factor;
                foreach (int column in own)
                {
                    bytes[(row * pairs) + (column / 2)] |= (byte)(((integers[column] / factor) + NibbleRounding.Zero) << (4 * (column % 2)));
                }
            }
        }

        return
        [
            new TensorToWrite(parameter.FullName, ElementType.Byte, [scales.Length, pairs], bytes), new TensorToWrite(Scales + parameter.FullName, [scales.Length], scales),
            new TensorToWrite(Factors + parameter.FullName, ElementType.Byte, [scales.Length, groups], factors),
        ];
    }

    /// <summary>What rounded weights are multiples of, and of which: they are so exactly, and the largest of them is the largest that there is.</summary>
    private static int[] Integers(ReadOnlySpan<float> rounded, int largest, out float scale)
    {
        float most = 0;
        foreach (float weight in rounded)
        {
            most = MathF.Max(most, MathF.Abs(weight));
        }

        scale = most / largest;
        var integers = new int[rounded.Length];
        for (int k = 0; k < integers.Length; k++)
        {
            // A row that is not finite is NaN as a whole, by its scale.
            integers[k] = scale > 0 && float.IsFinite(scale) ? (int)MathF.Round(rounded[k] / scale) : 0;
        }

        return integers;
    }

    /// <summary>Groups of a row.</summary>
    private static int GroupsOf(long columns) => (int)((columns + NibbleRounding.Block - 1) / NibbleRounding.Block) * NibbleRounding.Groups;

    private static int GroupOf(int column) => (column / NibbleRounding.Block * NibbleRounding.Groups) + NibbleRounding.GroupOf(column);
}
