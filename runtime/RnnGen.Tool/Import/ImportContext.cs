namespace RnnGen.Tool.Import;

/// <summary>What an import shares between nodes.</summary>
/// <param name="budget">How many numbers it may hold.</param>
internal sealed class ImportContext(Budget budget)
{
    /// <summary>How many numbers the import may hold.</summary>
    public Budget Budget { get; } = budget;

    /// <summary>Steps and rows, as soon as a recurrent layer tells.</summary>
    public Grid? Grid { get; private set; }

    /// <summary>The input with the lengths of the rows.</summary>
    public InputSignal? Lengths { get; set; }

    /// <summary>What the user should know.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Takes steps and rows as a recurrent layer reads them.</summary>
    /// <returns>Whether all recurrent layers do that in the same way.</returns>
    public bool SetGrid(Grid grid)
    {
        Grid ??= grid;
        return Grid.Fits(grid);
    }

    /// <summary>The element that another one turned out to be.</summary>
    public Element Real(Element element)
    {
        while (element.Signal.SameAs is Signal same)
        {
            element = element with { Signal = same };
        }

        // With one step, the final state is the output.
        return element.Signal is FinalStateSignal { State: 'h' } final && Grid is { Steps: 1 }
            ? new Element(final.Layer, element.Index)
            : element;
    }
}
