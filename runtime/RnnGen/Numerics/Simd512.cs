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
    public static Vector512<float> Load(ref float source) => Unsafe.As<float, Vector512<float>>(ref source);

    /// <inheritdoc cref="Simd.Load(ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float source, nuint a) => Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref source, a));

    /// <inheritdoc cref="Simd.Load(ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float source, nuint a, nuint b) => Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref source, a + b));

    /// <inheritdoc cref="Simd.Load(ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref float source, nuint a, nuint b, nuint c) =>
        Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref source, a + b + c));

    /// <inheritdoc cref="Simd.Store(Vector{float}, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float target) => Unsafe.As<float, Vector512<float>>(ref target) = value;

    /// <inheritdoc cref="Simd.Store(Vector{float}, ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float target, nuint a) => Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref target, a)) = value;

    /// <inheritdoc cref="Simd.Store(Vector{float}, ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float target, nuint a, nuint b) =>
        Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref target, a + b)) = value;

    /// <inheritdoc cref="Simd.Store(Vector{float}, ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, ref float target, nuint a, nuint b, nuint c) =>
        Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref target, a + b + c)) = value;

    /// <inheritdoc cref="Simd.Add(Vector{float}, ref float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> value, ref float target) => Unsafe.As<float, Vector512<float>>(ref target) += value;

    /// <inheritdoc cref="Simd.Add(Vector{float}, ref float, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> value, ref float target, nuint a) => Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref target, a)) += value;

    /// <inheritdoc cref="Simd.Add(Vector{float}, ref float, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> value, ref float target, nuint a, nuint b) =>
        Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref target, a + b)) += value;

    /// <inheritdoc cref="Simd.Add(Vector{float}, ref float, nuint, nuint, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<float> value, ref float target, nuint a, nuint b, nuint c) =>
        Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref target, a + b + c)) += value;

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
