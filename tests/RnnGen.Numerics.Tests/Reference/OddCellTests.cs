using RnnGen.Generator.Cells;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// The kernels of cells that no layer has, which show that planner and emitter depend only on equations.
/// </summary>
public sealed class OddCellTests
{
    private static readonly Dictionary<string, Func<int, int, Cell>> Cells = new()
    {
        ["Odd"] = TestCells.Odd,
        ["LSTM with projection"] = (inputSize, size) => TestCells.ProjectionLstm(inputSize, size, (size + 1) / 2),
        ["LSTM with layer normalization"] = TestCells.NormalizedLstm,
        ["Still"] = TestCells.Still,
    };

    private static readonly (int Inputs, int Units)[] Sizes = [(1, 1), (3, 4), (5, 5), (2, 17), (7, 40), (4, 48)];

    private static readonly Dictionary<string, Cell> Sized = new(
        from cell in Cells
        from size in Sizes
        select KeyValuePair.Create($"{cell.Key}, {size.Inputs} to {size.Units}", cell.Value(size.Inputs, size.Units)));

    private static readonly CompiledModels Models = new(Sized);

    public static TheoryData<string> Names => [.. Sized.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_agree_with_the_equations(string name)
    {
        IRnnModel model = Models.Create(name);
        ModelCheck.Run(new ModelUnderTest(model), new ReferenceNetwork(model, Sized[name]));
    }
}
