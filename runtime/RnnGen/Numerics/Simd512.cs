using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.CompilerServices;

/// <summary>Loads and stores of generated kernels, as in <see cref="Simd"/>, for <see cref="Vector512{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class Simd512
{
    /// <inheritdoc cref="Simd.Load(ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float source) => Vector512.LoadUnsafe(ref source);

    /// <inheritdoc cref="Simd.Load(ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float source, nuint a) => Vector512.LoadUnsafe(ref source, a);

    /// <inheritdoc cref="Simd.Load(ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float source, nuint a, nuint b) => Vector512.LoadUnsafe(ref source, a + b);

    /// <inheritdoc cref="Simd.Load(ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float source, nuint a, nuint b, nuint c) => Vector512.LoadUnsafe(ref source, a + b + c);

    /// <inheritdoc cref="Simd.Store(Vector{float}, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float target) => Vector512.StoreUnsafe(value, ref target);

    /// <inheritdoc cref="Simd.Store(Vector{float}, ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float target, nuint a) => Vector512.StoreUnsafe(value, ref target, a);

    /// <inheritdoc cref="Simd.Store(Vector{float}, ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float target, nuint a, nuint b) => Vector512.StoreUnsafe(value, ref target, a + b);

    /// <inheritdoc cref="Simd.Store(Vector{float}, ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float target, nuint a, nuint b, nuint c) => Vector512.StoreUnsafe(value, ref target, a + b + c);

    /// <inheritdoc cref="Simd.Add(Vector{float}, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> value, ref float target) => Vector512.StoreUnsafe(Vector512.LoadUnsafe(ref target) + value, ref target);

    /// <inheritdoc cref="Simd.Add(Vector{float}, ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> value, ref float target, nuint a) => Vector512.StoreUnsafe(Vector512.LoadUnsafe(ref target, a) + value, ref target, a);

    /// <inheritdoc cref="Simd.Add(Vector{float}, ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> value, ref float target, nuint a, nuint b) => Vector512.StoreUnsafe(Vector512.LoadUnsafe(ref target, a + b) + value, ref target, a + b);

    /// <inheritdoc cref="Simd.Add(Vector{float}, ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> value, ref float target, nuint a, nuint b, nuint c) => Vector512.StoreUnsafe(Vector512.LoadUnsafe(ref target, a + b + c) + value, ref target, a + b + c);

    /// <inheritdoc cref="Simd.Broadcast(ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(ref float source) => Vector512.Create(source);

    /// <inheritdoc cref="Simd.Broadcast(ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(ref float source, nuint a) => Vector512.Create(Unsafe.Add(ref source, a));

    /// <inheritdoc cref="Simd.Broadcast(ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(ref float source, nuint a, nuint b) => Vector512.Create(Unsafe.Add(ref source, a + b));

    /// <inheritdoc cref="Simd.Broadcast(ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(ref float source, nuint a, nuint b, nuint c) => Vector512.Create(Unsafe.Add(ref source, a + b + c));

    /// <inheritdoc cref="Simd.At(ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float At(ref float source, nuint a) => ref Unsafe.Add(ref source, a);

    /// <inheritdoc cref="Simd.At(ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float At(ref float source, nuint a, nuint b) => ref Unsafe.Add(ref source, a + b);

    /// <inheritdoc cref="Simd.At(ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float At(ref float source, nuint a, nuint b, nuint c) => ref Unsafe.Add(ref source, a + b + c);

    /// <inheritdoc cref="Simd.Create(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Create(float value) => Vector512.Create(value);
}
