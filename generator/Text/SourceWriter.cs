using System.Text;

namespace RnnGen.Generator.Text;

/// <summary>Builds indented text with <c>\n</c> line ends on every machine.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;
    private bool _afterBlock;

    public SourceWriter Line(string line = "")
    {
        foreach (string part in line.Split('\n'))
        {
            string trimmed = part.TrimEnd('\r');
            if (_afterBlock && trimmed.Length > 0 && trimmed[0] != '}' && !trimmed.StartsWith("else", StringComparison.Ordinal))
            {
                _text.Append('\n');
            }

            _afterBlock = false;
            if (trimmed.Length > 0)
            {
                _text.Append(' ', _indent * 4).Append(trimmed);
            }

            _text.Append('\n');
        }

        return this;
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
    public Block Open(string header = "")
    {
        if (header.Length > 0)
        {
            Line(header);
        }

        Line("{");
        _indent++;
        return new Block(this);
    }

    public override string ToString() => _text.ToString();

    public readonly struct Block(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._indent--;
            writer.Line("}");
            writer._afterBlock = true;
        }
    }
}
