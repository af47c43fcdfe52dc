using Microsoft.CodeAnalysis;

namespace RnnGen.CodeFixes;

/// <summary>What an editor offers.</summary>
/// <param name="title">Says what happens.</param>
/// <param name="apply">Returns the changed solution.</param>
internal sealed class Cure(string title, Func<CancellationToken, Task<Solution>> apply)
{
    public string Title => title;

    public Func<CancellationToken, Task<Solution>> Apply => apply;
}
