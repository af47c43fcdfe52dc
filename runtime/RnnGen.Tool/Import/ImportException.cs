using RnnGen.Checkpoints;

namespace RnnGen.Tool.Import;

/// <summary>A network that cannot be a class: the message names the node or layer at fault, and what it does.</summary>
/// <param name="place">The node or layer, as messages call it.</param>
/// <param name="problem">What it does, and what could be expressed instead.</param>
internal sealed class ImportException(string place, FormattableString problem) : Exception($"{Printable.Escape(place)}: {Printable.Format(problem)}")
{
    /// <summary>Whether no part of the network can be imported any more, whatever it is used for.</summary>
    public bool IsFinal { get; init; }
}
