using System.ComponentModel;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace RnnGen.CompilerServices;

/// <summary>The element functions of generated code, for both kinds of vectors that its kernels use.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    /// <summary>
    /// Whether the 512-bit kernels run: where the machine has such vectors, and where <see cref="Vector{T}"/> is wider than the eight floats
    /// that the other kernels are made for. A constant to the JIT.
    /// </summary>
    public static bool IsWide => Vector512.IsHardwareAccelerated || Vector<float>.Count > 8;
}
