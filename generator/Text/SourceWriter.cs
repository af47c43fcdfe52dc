using System.Text;

namespace RnnGen.Generator.Text;

/// <summary>Builds indented text with <c>\n</c> line ends on every machine.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;
    private bool _afterBlock;

    public void Line(string line = "")
    {
        int start = 0;
        for (int end = line.IndexOf('\n'); end >= 0; end = line.IndexOf('\n', start))
        {
            Line(line, start, end);
            start = end + 1;
        }

        Line(line, start, line.Length);
    }

    private void Line(string text, int start, int end)
    {
        int length = (end > start && text[end - 1] == '\r' ? end - 1 : end) - start;
        if (_afterBlock && length > 0 && text[start] != '}' && string.CompareOrdinal(text, start, "else", 0, 4) != 0)
        {
            _text.Append('\n');
        }

        _afterBlock = false;
        if (length > 0)
        {
            _text.Append(' ', _indent * 4).Append(text, start, length);
        }

        _text.Append('\n');
    }

    public void Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Line(line);
        }
    }

    /// <summary>
    /// Writes a header line and an opening brace; disposing the result closes the block, and leaves a blank line before what follows.
    /// </summary>
    public Braces Open(string header = "")
    {
        if (header.Length > 0)
        {
            Line(header);
        }

        Line("{");
        _indent++;
        return new Braces(this);
    }

    /// <summary>A header line, and lines in braces.</summary>
    public void Block(string header, IEnumerable<string> lines)
    {
        using (Open(header))
        {
            Lines(lines);
        }
    }

    /// <summary>A method, and a blank line behind it.</summary>
    /// <param name="declaration">Its declaration.</param>
    /// <param name="statements">Its body. A single statement, which returns nothing, becomes an expression.</param>
    public void Method(string declaration, IReadOnlyList<string> statements)
    {
        if (statements.Count == 1)
        {
            Line($"{declaration} => {statements[0]}");
        }
        else
        {
            Block(declaration, statements);
        }

        Line();
    }

    public override string ToString() => _text.ToString();

    public readonly struct Braces(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._indent--;
            writer.Line("}");
            writer._afterBlock = true;
        }
    }
}
