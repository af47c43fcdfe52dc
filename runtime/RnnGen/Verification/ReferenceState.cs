namespace RnnGen.Verification;

/// <summary>The states of all cells of a network, which start from the initial states.</summary>
internal sealed class ReferenceState
{
    private readonly Dictionary<(string Layer, int Cell), (double[] H, double[] C)> _states = [];

    /// <summary>The states of a cell.</summary>
    public (double[] H, double[] C) Of(ReferenceLayer layer, int cell)
    {
        if (!_states.TryGetValue((layer.Name, cell), out (double[] H, double[] C) state))
        {
            state = ([.. layer.Cells[cell].InitialH], [.. layer.Cells[cell].InitialC]);
            _states.Add((layer.Name, cell), state);
        }

        return state;
    }
}
