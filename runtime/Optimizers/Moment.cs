using RnnGen.Numerics;

namespace RnnGen;

/// <summary>Numbers that an optimizer keeps for every weight.</summary>
/// <param name="Name">PyTorch's name, such as <c>exp_avg</c>.</param>
/// <param name="Values">One number per weight, packed as the weights are.</param>
internal readonly record struct Moment(string Name, AlignedBuffer Values);
