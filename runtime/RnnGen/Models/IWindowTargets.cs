using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>The targets of one window for all heads of a model that has several: its nested <c>WindowTargets</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWindowTargets
{
    /// <summary>The targets of a head whose targets are classes or labels.</summary>
    /// <param name="head">The head, 0 for the first one of <see cref="IRnnModel.Layers"/>.</param>
    /// <returns>The targets; empty if the head is left out, or has numbers.</returns>
    ReadOnlySpan<int> Classes(int head);

    /// <summary>The targets of a head whose targets are numbers.</summary>
    /// <param name="head">The head, 0 for the first one of <see cref="IRnnModel.Layers"/>.</param>
    /// <returns>The targets; empty if the head is left out, or has classes.</returns>
    ReadOnlySpan<float> Numbers(int head);
}
