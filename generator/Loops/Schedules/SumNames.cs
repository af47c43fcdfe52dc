using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>The variables of the sums of a stage.</summary>
/// <param name="stage">The stage.</param>
/// <param name="vectors">Vectors of each sum.</param>
internal sealed class SumNames(Stage stage, int vectors)
{
    public int Vectors => vectors;

    /// <summary>The sums that are computed by the same text as others, in turn, so that they cannot have the names of their gates.</summary>
    public IReadOnlyList<int>? InTurn { get; init; }

    /// <summary>The variable of a sum, or of a part of it.</summary>
    public string Of(int accumulator, int vector, int part = 0) => Stem(accumulator) + Suffix(vector) + (part == 0 ? "" : (char)('A' + part));

    /// <summary>The variable of a sum of one of several lanes.</summary>
    public string OfLane(int accumulator, int vector, int lane) => $"{Of(accumulator, vector)}_{Literals.Integer(lane)}";

    /// <summary>A vector of weights that is used several times.</summary>
    public string OfWeights(PanelColumn column, int row, int vector)
    {
        string matrix = InTurn is null ? Names.Local(column.Projection.Matrix.Symbol) : $"W_{Names.Local(column.SourceName)}{Letter(column.Accumulator)}";
        return $"{matrix}{Literals.Integer(row)}{(vectors > 1 ? "_" + Literals.Integer(vector) : "")}";
    }

    /// <summary>A number of a source in all lanes of a vector.</summary>
    public static string OfNumber(PanelColumn column, int row) => Names.Local(column.SourceName) + "Row" + Literals.Integer(row);

    /// <summary>What the name of anything has at its end in one of the vectors.</summary>
    public string Suffix(int vector) => vectors > 1 ? Literals.Integer(vector) : "";

    public IReadOnlyList<(int Accumulator, int Vector)> Sums(IEnumerable<int> accumulators) =>
        [.. from a in accumulators from v in Enumerable.Range(0, vectors) select (a, v)];

    /// <summary>The name that the variables of a sum begin with.</summary>
    public string Stem(int accumulator) => InTurn is null ? Names.Local(stage.Names[stage.Accumulators[accumulator]] ?? "sum" + accumulator) : "sum" + Letter(accumulator);

    private string Letter(int accumulator) => InTurn!.Count == 1 ? "" : ((char)('A' + InTurn.ToList().IndexOf(accumulator))).ToString();
}
