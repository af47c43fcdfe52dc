using RnnGen.Generator.Cells;
using RnnGen.Numerics.Tests.Models;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// The kernels of cells that no layer has: what holds for them holds because planner and emitter know no cell, only equations.
/// </summary>
public sealed class OddCellTests
{
    private static readonly Dictionary<string, Func<int, int, Cell>> Cells = new()
    {
        ["Odd"] = TestCells.Odd,
        ["LSTM with projection"] = (inputSize, size) => TestCells.ProjectionLstm(inputSize, size, (size + 1) / 2),
        ["LSTM with layer normalisation"] = TestCells.NormalizedLstm,
        ["Still"] = TestCells.Still,
    };

    public static TheoryData<string, int, int> Sizes
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (string name in Cells.Keys)
            {
                foreach ((int inputSize, int size) in new[] { (1, 1), (3, 4), (5, 5), (2, 17), (7, 40), (4, 48) })
                {
                    data.Add(name, inputSize, size);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Kernels_agree_with_the_equations(string name, int inputSize, int size)
    {
        Cell cell = Cells[name](inputSize, size);
        IRnnModel model = CompiledCell.Create(cell);
        ModelCheck.Run(new ModelUnderTest(model), new ReferenceNetwork(model, cell));
    }
}
