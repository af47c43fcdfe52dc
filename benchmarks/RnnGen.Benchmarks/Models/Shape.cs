namespace RnnGen.Benchmarks;

internal enum Cell
{
    Rnn,
    Lstm,
    Gru,
}

/// <summary>What a model computes.</summary>
/// <param name="Cell">Its recurrent layers.</param>
/// <param name="Size">The name of its size.</param>
/// <param name="Input">Numbers per step that go in.</param>
/// <param name="Hidden">Units per layer.</param>
/// <param name="Steps">Length of a window.</param>
/// <param name="Layers">Recurrent layers.</param>
/// <param name="Output">Outputs of a dense layer at the end; 0: there is none.</param>
internal sealed record Shape(Cell Cell, string Size, int Input, int Hidden, int Steps, int Layers = 1, int Output = 0)
{
    public string CellName => Cell.ToString().ToLowerInvariant();

    public bool IsStack => Layers > 1;

    public int Gates => Cell switch { Cell.Rnn => 1, Cell.Lstm => 4, _ => 3 };

    /// <summary>Numbers per step that come out.</summary>
    public int Width => Output > 0 ? Output : Hidden;

    /// <summary>Element functions per unit and step.</summary>
    public int Activations => Cell switch { Cell.Rnn => 1, Cell.Lstm => 5, _ => 3 };

    /// <summary>Multiply-adds with weights of the input, per step.</summary>
    public long InputProducts => ((long)Gates * Hidden * Input * Layers) + ((long)Output * Hidden);

    /// <summary>Multiply-adds with recurrent weights, per step.</summary>
    public long RecurrentProducts => (long)Gates * Hidden * Hidden * Layers;

    public long Products => InputProducts + RecurrentProducts;
}
