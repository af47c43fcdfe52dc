namespace RnnGen.Verification;

/// <summary>One convention that may be another one.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Scope">The layer, or its level and direction; null for all.</param>
/// <param name="Text">What would be right, and how to say so.</param>
/// <param name="Apply">Changes a network; returns it unchanged if the convention does not apply to it.</param>
internal sealed record ConventionChange(Convention Kind, string? Scope, string Text, Func<ReferenceNetwork, ReferenceNetwork> Apply);

/// <summary>The same for one cell.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Text">What would be right, and how to say so.</param>
/// <param name="Apply">Changes a cell; returns it unchanged if the convention does not apply to it.</param>
internal sealed record CellChange(Convention Kind, string Text, Func<ReferenceCell, ReferenceCell> Apply);
