using System.Text;

namespace RnnGen.Benchmarks;

/// <summary>A table of text; the columns after the second are numbers.</summary>
internal sealed class Grid(IReadOnlyList<string> header)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public IReadOnlyList<string> Header => header;

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    public void Add(IReadOnlyList<string> row) => _rows.Add(row);

    public bool IsNumber(int column) => column >= 2 && header[column] != "who";

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Append(header);
        Append([.. header.Select((_, column) => IsNumber(column) ? "--:" : "---")]);
        _rows.ForEach(Append);
        return text.ToString();

        void Append(IReadOnlyList<string> row) => text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
    }
}
