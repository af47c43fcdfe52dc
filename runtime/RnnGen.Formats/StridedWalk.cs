namespace RnnGen.Formats;

/// <summary>Walks through the elements of a tensor, the last dimension fastest, and tells where each lies in memory.</summary>
internal struct StridedWalk
{
    private readonly ReadOnlyMemory<int> _shape;
    private readonly ReadOnlyMemory<long> _strides;
    private readonly int[] _index;

    /// <summary>Starts at the first element.</summary>
    /// <param name="shape">The shape of the tensor. It is not empty in any dimension.</param>
    /// <param name="strides">How many places the next element of each dimension is away.</param>
    /// <param name="start">The place of the first element.</param>
    public StridedWalk(ReadOnlyMemory<int> shape, ReadOnlyMemory<long> strides, long start)
    {
        _shape = shape;
        _strides = strides;
        _index = new int[shape.Length];
        Place = start;
    }

    /// <summary>Where the element lies.</summary>
    public long Place { get; private set; }

    /// <summary>The strides of a tensor whose elements lie one after the other, the last dimension fastest.</summary>
    public static long[] Contiguous(ReadOnlySpan<int> shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        return strides;
    }

    /// <summary>Goes to the next element; from the last one to the first.</summary>
    public void Next()
    {
        ReadOnlySpan<int> shape = _shape.Span;
        ReadOnlySpan<long> strides = _strides.Span;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            if (++_index[d] < shape[d])
            {
                Place += strides[d];
                return;
            }

            Place -= strides[d] * (shape[d] - 1);
            _index[d] = 0;
        }
    }
}
