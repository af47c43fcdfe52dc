using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.CompilerServices;

/// <summary>Loads and stores of generated kernels, for <see cref="Vector{T}"/>. <see cref="Simd512"/> has them for 512-bit vectors.</summary>
/// <remarks>
/// The methods of <see cref="Vector"/> and <see cref="Unsafe"/> are generic and overloaded, and the C# compiler spends most of its time on a model with
/// finding out which ones are meant, and which operator a sum of an unsigned variable and a number is. So here a place is a reference and up to three
/// distances from it, which are added.
/// <para>
/// The JIT compiler looks at each call anew, and these bodies are what it is done with soonest: a vector that is read or written through a reference, at any
/// address, costs it less than LoadUnsafe and ReadUnaligned of it, for the same instruction.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class Simd
{
    /// <summary>The vector that begins there.</summary>
    /// <param name="source">A float.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(ref float source) => Unsafe.As<float, Vector<float>>(ref source);

    /// <summary>The vector that begins there.</summary>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(ref float source, nuint a) => Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref source, a));

    /// <summary>The vector that begins there.</summary>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(ref float source, nuint a, nuint b) => Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref source, a + b));

    /// <summary>The vector that begins there.</summary>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <param name="c">A third one.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Load(ref float source, nuint a, nuint b, nuint c) => Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref source, a + b + c));

    /// <summary>Writes a vector.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="target">A float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> value, ref float target) => Unsafe.As<float, Vector<float>>(ref target) = value;

    /// <summary>Writes a vector.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="target">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> value, ref float target, nuint a) => Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref target, a)) = value;

    /// <summary>Writes a vector.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="target">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> value, ref float target, nuint a, nuint b) =>
        Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref target, a + b)) = value;

    /// <summary>Writes a vector.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="target">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <param name="c">A third one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<float> value, ref float target, nuint a, nuint b, nuint c) =>
        Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref target, a + b + c)) = value;

    /// <summary>Adds a vector to what lies there.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="target">A float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector<float> value, ref float target) => Unsafe.As<float, Vector<float>>(ref target) += value;

    /// <summary>Adds a vector to what lies there.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="target">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector<float> value, ref float target, nuint a) => Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref target, a)) += value;

    /// <summary>Adds a vector to what lies there.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="target">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector<float> value, ref float target, nuint a, nuint b) =>
        Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref target, a + b)) += value;

    /// <summary>Adds a vector to what lies there.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="target">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <param name="c">A third one.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector<float> value, ref float target, nuint a, nuint b, nuint c) =>
        Unsafe.As<float, Vector<float>>(ref Unsafe.Add(ref target, a + b + c)) += value;

    /// <summary>The float that lies there, in all lanes.</summary>
    /// <param name="source">A float.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Broadcast(ref float source) => Vector.Create(source);

    /// <summary>The float that lies there, in all lanes.</summary>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Broadcast(ref float source, nuint a) => Vector.Create(Unsafe.Add(ref source, a));

    /// <summary>The float that lies there, in all lanes.</summary>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Broadcast(ref float source, nuint a, nuint b) => Vector.Create(Unsafe.Add(ref source, a + b));

    /// <summary>The float that lies there, in all lanes.</summary>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <param name="c">A third one.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Broadcast(ref float source, nuint a, nuint b, nuint c) => Vector.Create(Unsafe.Add(ref source, a + b + c));

    /// <summary>A reference to the float that lies there.</summary>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <returns>The reference.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float At(ref float source, nuint a) => ref Unsafe.Add(ref source, a);

    /// <summary>A reference to the float that lies there.</summary>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <returns>The reference.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float At(ref float source, nuint a, nuint b) => ref Unsafe.Add(ref source, a + b);

    /// <summary>A reference to the float that lies there.</summary>
    /// <param name="source">A float.</param>
    /// <param name="a">A distance from it, in floats.</param>
    /// <param name="b">A second one.</param>
    /// <param name="c">A third one.</param>
    /// <returns>The reference.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float At(ref float source, nuint a, nuint b, nuint c) => ref Unsafe.Add(ref source, a + b + c);

    /// <summary>A number in all lanes.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Create(float value) => Vector.Create(value);
}
