namespace RnnGen;

/// <summary>What steps read the weights of recurrent layers as (<see cref="RnnModelAttribute.Weights"/>, <see cref="RecurrentAttribute.Weights"/>). Training reads floats in any case.</summary>
public enum WeightFormat
{
    /// <summary>Of a layer: what the model says. Of a model: <see cref="Float32"/>.</summary>
    Default,

    /// <summary>Floats of 32 bits, as they are trained.</summary>
    Float32,

    /// <summary>
    /// The upper 16 bits of a float, rounded to nearest: its range, and 8 bits of precision. The products are those of floats. From some 64 units on, a step takes
    /// about half the time.
    /// </summary>
    BFloat16,

    /// <summary>
    /// Bytes from -127 to 127, with a scale for each unit of each gate; inputs and states are rounded to 7 bits, anew in every step, with a scale for all of them.
    /// The products are added as integers, exactly, so that every machine has the same sums. From some 64 units on, a step takes about a third or a quarter of the
    /// time. If an input is infinite, all sums it goes into are NaN.
    /// </summary>
    Int8,

    /// <summary>
    /// Four bits: whole numbers from -7 to 7, with a factor from 1 to 63 for each 32 inputs of a unit, and a scale for each unit of each gate: 4.5 bits per weight in
    /// all. Inputs and states are rounded to 8 bits, anew in every step. The products are added as integers, exactly, as those of <see cref="Int8"/>. Half as many
    /// bytes as <see cref="Int8"/>, and about as fast as long as these fit the cache; a good deal less exact.
    /// </summary>
    Int4,
}
