namespace RnnGen.Tool.Import;

/// <summary>Arithmetic of shapes.</summary>
internal static class Shapes
{
    /// <summary>The number of elements; the shapes of tensors are accounted for before there are any.</summary>
    public static int Count(IReadOnlyList<int> shape) => (int)LongCount(shape);

    /// <summary>The number of elements, at most <see cref="int.MaxValue"/>.</summary>
    public static long LongCount(IReadOnlyList<int> shape)
    {
        long count = 1;
        foreach (int size in shape)
        {
            count = size == 0 ? 0 : Math.Min(count * size, int.MaxValue);
        }

        return shape.Contains(0) ? 0 : count;
    }

    /// <summary>The product of all sizes but zeros, at most <see cref="int.MaxValue"/>: what an empty tensor would have otherwise.</summary>
    public static long Extent(IReadOnlyList<int> shape)
    {
        long extent = 1;
        foreach (int size in shape)
        {
            extent = Math.Min(extent * Math.Max(size, 1), int.MaxValue);
        }

        return extent;
    }

    /// <summary>How far apart the elements along each axis are.</summary>
    public static int[] Strides(IReadOnlyList<int> shape)
    {
        var strides = new int[shape.Count];
        int stride = 1;
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(1, shape[axis]);
        }

        return strides;
    }

    /// <summary>The places of a tensor's elements, walked through with other strides.</summary>
    /// <param name="shape">The shape of the walk.</param>
    /// <param name="strides">How far each axis goes; negative ones go back.</param>
    /// <param name="start">The first place.</param>
    public static int[] Walk(int[] shape, int[] strides, int start = 0)
    {
        var places = new int[Count(shape)];
        var at = new int[shape.Length];
        int place = start;
        for (int k = 0; k < places.Length; k++)
        {
            places[k] = place;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++at[axis] < shape[axis])
                {
                    break;
                }

                place -= strides[axis] * shape[axis];
                at[axis] = 0;
            }
        }

        return places;
    }

    /// <summary>The shape that two tensors of an element-wise operation are repeated to; null if they do not fit.</summary>
    public static int[]? Broadcast(int[] one, int[] other)
    {
        var shape = new int[Math.Max(one.Length, other.Length)];
        for (int k = 1; k <= shape.Length; k++)
        {
            int a = k <= one.Length ? one[^k] : 1;
            int b = k <= other.Length ? other[^k] : 1;
            if (a != b && a != 1 && b != 1)
            {
                return null;
            }

            shape[^k] = a == 1 ? b : a;
        }

        return shape;
    }

    /// <summary>The places of a tensor's elements where it is repeated to a larger shape.</summary>
    public static int[] Repeat(int[] from, int[] to)
    {
        int[] own = Strides(from);
        var strides = new int[to.Length];
        for (int k = 1; k <= from.Length; k++)
        {
            strides[^k] = from[^k] == 1 ? 0 : own[^k];
        }

        return Walk(to, strides);
    }

    /// <summary>A shape as messages show it.</summary>
    public static string Show(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";
}
