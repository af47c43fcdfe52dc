using System.Globalization;

namespace RnnGen.Fuzz;

/// <summary>Writes the layers of one model, and keeps track of sizes so that most declarations are correct.</summary>
internal sealed class LayersWriter
{
    private static readonly int[] Sizes = [1, 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 31, 32, 33, 64];

    // Right ones: words, keywords, letters of all kinds, and names that generated code has for its locals and helpers.
    private static readonly string[] UsualNames =
    [
        "Low", "High", "Memory", "Mixed", "Answer", "Pitch", "pitch", "Sounds", "Next", "Hidden", "Layer", "Größe", "模型", "_", "x", "h", "H0", "weights", "hRow0", "Sum",
        "VectorMath", "Simd", "System", "Unsafe", "Lstm", "Rnn", "Linear", "Errors", "Input", "Output", "@event", "@out", "@class", "value", "@this", "A", "a", "AB", "Lane",
    ];

    private static readonly string[] OddNames =
        ["State", "Tape", "Trainer", "Layers", "Step", "InputSize", "ToString", "GetHashCode", "Equals", "Item2", "Rest", "Low", "Amp", "Activation", "RnnGen", "\\u0041", "3A", "", "int"];

    private static readonly string[] RecurrentKinds = ["Rnn", "Lstm", "Gru", "MinGru", "Mgu"];

    private readonly Dice _dice;
    private readonly List<Written> _written = [];
    private readonly List<string> _names;
    private readonly bool _isBatched;
    private readonly int _inputSize;
    private bool _tokens;
    private int _vocabulary;

    public LayersWriter(Dice dice, int inputSize, bool tokens, bool isBatched)
    {
        (_dice, _inputSize, _tokens, _isBatched) = (dice, inputSize, tokens, isBatched);
        string[] names = [.. UsualNames];
        dice.Shuffle(names.AsSpan());
        _names = [.. names];
    }

    /// <summary>Attributes for the class, in any order.</summary>
    public string[] OnClass()
    {
        List<string> attributes = [];
        if (_dice.Chance(0.2))
        {
            attributes.Add(Embedding().Write());
            _written.Add(new Written("Embedding", _vocabulary, IsHead: false, Once: false));
        }

        string recurrent = _dice.One(RecurrentKinds);
        (AttributeWriter attribute, int outputs, bool once) = Recurrent(recurrent, ReadBefore(), _dice.Chance(0.3), isFirst: attributes.Count == 0);
        attributes.Add(attribute.Write());
        _written.Add(new Written(recurrent, outputs, IsHead: false, once));
        if (_dice.Chance(0.8))
        {
            attributes.Add(Head(outputs, [], "", several: false).Write());
        }

        if (_dice.Odd())
        {
            attributes.Add(Body(attributes.Count, isLast: false).Attribute.Write());
        }

        string[] all = [.. attributes];
        _dice.Shuffle(all.AsSpan());
        return all;
    }

    /// <summary>Members with their attributes, in the order in which data flow.</summary>
    public string[] AsMembers(bool isSealed)
    {
        List<string> members = [];
        int heads = _dice.One(0, 1, 1, 1, 1, 1, 2, 2, 3);
        int bodies = _dice.One(1, 1, 1, 1, 2, 2, 2, 3, 5);
        for (int index = 0; index < bodies; index++)
        {
            (AttributeWriter attribute, int outputs, bool once) = Body(index, isLast: index == bodies - 1 && heads == 0);
            string name = Name();
            _written.Add(new Written(name, outputs, IsHead: false, once));
            members.Add(Member(attribute.Write(), name, isSealed));
        }

        for (int index = 0; index < heads; index++)
        {
            string[] sources = index == 0 && !_dice.Odd() ? [] : Sources(_dice.Chance(0.5));
            string name = Name();
            AttributeWriter head = Head(Outputs(sources), sources, name, heads > 1);
            _written.Add(new Written(name, 0, IsHead: true, Once: false));
            members.Add(Member(head.Write(), name, isSealed));
        }

        if (_dice.Odd() && members.Count > 1)
        {
            (members[0], members[^1]) = (members[^1], members[0]);
        }

        return [.. members];
    }

    private string Name()
    {
        if (_dice.Odd())
        {
            return _dice.One(OddNames);
        }

        string name = _names[^1];
        _names.RemoveAt(_names.Count - 1);
        return name;
    }

    private string Member(string attribute, string name, bool isSealed)
    {
        string access = _dice.One("public", "public", "public", "internal", "private", "", isSealed ? "public" : _dice.One("protected", "protected internal", "private protected", "public virtual"));
        string docs = _dice.Chance(0.1) ? "/// <summary>A layer.</summary>\n    " : "";
        string brackets = _dice.Odd() ? _dice.One($"[field: {attribute}]", $"[{attribute}, Gru(3)]", $"[{attribute}][{attribute}]", "", "[Missing]", $"[{attribute}, System.Obsolete]") : $"[{attribute}]";
        string declaration = _dice.Odd()
            ? _dice.One(
                $"public partial Layer {name} {{ get; set; }}", $"public static partial Layer {name} {{ get; }}", $"public Layer {name} {{ get; }}",
                $"public partial int {name} {{ get; }}", $"public partial Layer? {name} {{ get; }}", $"public Layer {name} = null!;", $"public Layer {name}() => null!;",
                $"public partial Layer {name} => null!;", "public partial Layer this[int k] { get; }", $"partial Layer System.IDisposable.{name} {{ get; }}",
                $"public partial ref Layer {name} {{ get; }}", $"public required partial Layer {name} {{ get; init; }}", $"public partial Layer {name} {{ }}",
                $"public event System.Action {name};", $"public abstract partial Layer {name} {{ get; }}", $"public extern partial Layer {name} {{ get; }}",
                $"public partial Layer {name} {{ private get; }}", $"public partial Layer {name} {{ get; }} public partial Layer {name} {{ get => null!; }}",
                $"public partial global::RnnGen.Layer {name} {{ get; }}", $"public unsafe partial Layer {name} {{ get; }}", $"public class {name};",
                $"public partial System.Collections.Generic.List<Layer> {name} {{ get; }}", $"public new partial Layer {name} {{ get; }}", $"public override partial Layer {name} {{ get; }}")
            : $"{access} partial Layer {name} {{ get; }}".TrimStart();
        return $"    {docs}{brackets} {declaration}";
    }

    private (AttributeWriter Attribute, int Outputs, bool Once) Body(int index, bool isLast)
    {
        bool readsTokens = index == 0 && _tokens && !_dice.Odd();
        bool once = _written.Count > 0 && _written[^1].Once && !_dice.Odd();
        string kind = readsTokens ? _dice.One([.. RecurrentKinds, "Embedding", "Dense"])
            : once ? _dice.One("Dense", "Activation", "LayerNorm", isLast ? "Dense" : "Dropout")
            : index == 0 && _dice.Chance(0.15) ? _dice.One("Normalization", "Embedding")
            : _dice.Odd() ? _dice.One("Normalization", "Embedding", "Dropout", "Softmax", "Linear")
            : _dice.One([.. RecurrentKinds, "Rnn", "Lstm", "Lstm", "Gru", "Gru", "Dense", "Activation", "LayerNorm", isLast ? "Dense" : "Dropout"]);
        string[] sources = kind is "Normalization" or "Embedding" || once || index == 0 ? [] : Sources(_dice.Chance(0.25));
        if (kind != "Embedding" && (_dice.Odd() || (index == 0 && !_tokens && _dice.Chance(0.05))))
        {
            sources = _dice.Odd() ? ["\"Missing\""] : _dice.Chance(0.5) && kind != "Normalization" ? ["Layer.Input", "Layer.Input"] : ["Layer.Input"];
        }

        int read = Outputs(sources);
        switch (kind)
        {
            case string when RecurrentKinds.Contains(kind):
                (AttributeWriter recurrent, int outputs, bool last) = Recurrent(kind, read, _dice.Chance(0.15), index == 0);
                return (From(recurrent, sources), outputs, last);
            case "Dense":
                bool residual = !readsTokens && _dice.Chance(0.15);
                (string text, int size) = residual && !_dice.Odd() ? ($"{read}", read) : Size();
                AttributeWriter dense = From(new AttributeWriter(_dice, kind).Argument("size", text).MaybeFlag("Bias"), sources);
                return (residual ? dense.Flag("Residual", true) : dense, size, once);
            case "Activation":
                Activation activation = _dice.One(Enum.GetValues<Activation>());
                var writer = new AttributeWriter(_dice, kind);
                writer.Argument("activation", writer.Choice(activation));
                return (From(Parameters(writer, "", activation), sources), read, once);
            case "LayerNorm":
                return (From(new AttributeWriter(_dice, kind).MaybeFlag("Bias").MaybeNumber("Epsilon", 0.2, "1e-3", "1e-7", "2"), sources), read, once);
            case "Dropout":
                string rate = _dice.Odd() ? OddValues.Number(_dice) : _dice.One("0", "0.1", "0.5", "0.999");
                return (From(new AttributeWriter(_dice, kind).Argument("rate", rate).MaybeFlag("Variational", 0.3), sources), read, once);
            case "Normalization":
                return (From(new AttributeWriter(_dice, kind), sources), read, once);
            case "Embedding":
                AttributeWriter embedding = Embedding();
                return (embedding, _vocabulary, false);
            default:
                return (Head(read, sources, "", several: false), 0, false);
        }
    }

    private AttributeWriter Embedding()
    {
        (string text, _vocabulary) = Size();
        _tokens = true;
        return new AttributeWriter(_dice, "Embedding").Argument("size", text);
    }

    private (AttributeWriter Attribute, int Outputs, bool Once) Recurrent(string kind, int read, bool once, bool isFirst)
    {
        Direction direction = _dice.Chance(0.2) ? _dice.One(Enum.GetValues<Direction>()) : Direction.Forward;
        Merge merge = direction == Direction.Bidirectional && _dice.Chance(0.5) ? _dice.One(Enum.GetValues<Merge>()) : Merge.Concat;
        bool isConcatenated = direction == Direction.Bidirectional && merge == Merge.Concat;
        bool residual = _dice.Odd() || (!once && !isConcatenated && !(isFirst && _tokens) && _dice.Chance(0.15));
        (string text, int size) = residual && !_dice.Odd() ? ($"{read}", read) : Size();
        AttributeWriter attribute = new AttributeWriter(_dice, kind).Argument("hiddenSize", text).MaybeFlag("Bias", 0.1);
        if (once)
        {
            attribute.Flag("ReturnSequences", false);
        }

        if (direction != Direction.Forward)
        {
            attribute.Choice("Direction", direction);
            if (isConcatenated ? _dice.Chance(0.3) : direction == Direction.Bidirectional)
            {
                attribute.Choice("Merge", merge);
            }
        }

        if (_dice.Chance(0.15))
        {
            attribute.Option("Layers", _dice.Odd() ? _dice.One("0", "-1", "100", "101", "int.MaxValue", OddValues.Size(_dice)) : _dice.One("1", "2", "2", "3", "5"));
        }

        if (residual)
        {
            attribute.Flag("Residual", true);
        }

        attribute.MaybeNumber("Clip", 0.08, "0", "0.5", "1", "50");
        if (kind != "MinGru" || _dice.Odd())
        {
            attribute.MaybeNumber("RecurrentDropout", 0.08, "0", "0.25", "0.9");
        }

        attribute.MaybeNumber("Zoneout", 0.08, "0", "0.05", "0.9");
        if (!_isBatched || _dice.Odd())
        {
            attribute.MaybeFlag("LearnInitialState", 0.08);
        }

        // Small matrices have no format, which is an error.
        if (_dice.Odd() || (size >= 8 && kind != "MinGru" && _dice.Chance(0.15)))
        {
            attribute.Choice("Weights", _dice.One(Enum.GetValues<WeightFormat>()));
        }

        int outputs = size;
        switch (kind)
        {
            case "Rnn":
                Function(attribute, "");
                break;
            case "MinGru":
                break;
            case "Gru" or "Mgu":
                if (kind == "Gru")
                {
                    attribute.MaybeFlag("LinearBeforeReset", 0.3);
                }

                Function(attribute, "Gate");
                Function(attribute, "Candidate");
                break;
            case "Lstm":
                attribute.MaybeFlag("Peepholes", 0.12).MaybeFlag("InputForget", 0.12).MaybeFlag("LayerNorm", 0.12).MaybeNumber("ZoneoutCell", 0.08, "0", "0.5");
                if (_dice.Odd() || (!residual && size > 1 && _dice.Chance(0.12)))
                {
                    outputs = Math.Max(1, _dice.Below(Math.Max(1, size)));
                    attribute.Option("ProjectionSize", _dice.Odd() ? OddValues.Size(_dice) : $"{outputs}");
                }

                Function(attribute, "Gate");
                Function(attribute, "Cell");
                Function(attribute, "Output");
                break;
            default:
                throw new NotSupportedException($"The options of [{kind}] are not written.");
        }

        return (attribute, isConcatenated ? 2 * outputs : outputs, once);
    }

    private void Function(AttributeWriter attribute, string prefix)
    {
        if (_dice.Chance(0.08))
        {
            Activation activation = _dice.One(Enum.GetValues<Activation>());
            Parameters(attribute.Choice(prefix + "Activation", activation), prefix, activation);
        }
    }

    private AttributeWriter Parameters(AttributeWriter attribute, string prefix, Activation activation)
    {
        bool takesBeta = activation is Activation.Affine or Activation.ScaledTanh or Activation.HardSigmoid;
        if (takesBeta || activation is Activation.LeakyRelu or Activation.ThresholdedRelu or Activation.Elu || _dice.Odd())
        {
            attribute.MaybeNumber(prefix + "Alpha", 0.4, "0", "1", "-1", "0.3f", "1e-7f", "100");
        }

        return takesBeta || _dice.Odd() ? attribute.MaybeNumber(prefix + "Beta", 0.4, "0", "1", "-1", "0.3f", "100") : attribute;
    }

    private AttributeWriter Head(int read, string[] sources, string name, bool several)
    {
        string kind = _dice.One("Softmax", "Sigmoid", "Linear", "Ctc", "Mixture", "Quantile");
        bool tied = kind == "Softmax" && _written.Count > 0 && (_dice.Odd() || (_vocabulary > 0 && read == _vocabulary && _dice.Chance(0.7)));
        (string text, int size) = tied && !_dice.Odd() ? ($"{_inputSize}", _inputSize) : Size();
        AttributeWriter head = new AttributeWriter(_dice, kind).Argument(
            kind switch { "Ctc" => "labels", "Mixture" => "components", "Quantile" => "levels", _ => "size" },
            kind == "Quantile" ? _dice.One("[0.5]", "[0.1, 0.5, 0.9]", "[0.25f, 0.75]", "[0.5, 0.5]", "[]") : text);
        head = From((kind == "Mixture" ? head.Argument("dimensions", _dice.One("1", "2", "3", "17")) : head).MaybeFlag("Bias"), sources);
        if (several || _dice.Odd())
        {
            head.MaybeNumber("Weight", 0.3, "0", "1", "0.1", "2.5", "100");
        }

        if (tied)
        {
            head.Option("Tied", _dice.Odd() ? _dice.One("\"Missing\"", "null", "nameof(System)", $"\"{name}\"") : $"\"{_written[0].Name.TrimStart('@')}\"");
        }

        if (kind == "Linear" && _dice.Chance(0.3))
        {
            Loss loss = _dice.One(Enum.GetValues<Loss>());
            head.Choice("Loss", loss);
            if (loss == Loss.Huber || _dice.Odd())
            {
                head.MaybeNumber("Delta", 0.5, "1", "0.1", "5");
            }
        }
        else if (kind == "Mixture")
        {
            head.MaybeNumber("Binary", 0.3, "0", "1", "3");
            if (_dice.Chance(0.3))
            {
                head.Choice("Covariance", _dice.One(Enum.GetValues<Covariance>()));
            }
        }
        else if (kind == "Quantile")
        {
            head.MaybeNumber("Targets", 0.3, "0", "1", "7");
        }
        else if (kind == "Ctc")
        {
            head.MaybeFlag("ZeroInfinity");
            if (_dice.Chance(0.3))
            {
                head.Choice("Blank", _dice.One(Enum.GetValues<CtcBlank>())).Choice("Reduction", _dice.One(Enum.GetValues<CtcReduction>()));
            }
        }
        else if (kind != "Linear" && _dice.Chance(0.15))
        {
            int count = _dice.Odd() ? _dice.Below(9) : size;
            string[] weights = [.. Enumerable.Range(0, count).Select(_ => _dice.Odd() ? OddValues.Number(_dice) : _dice.One("0", "1", "2.5", "0.1"))];
            head.Option(kind == "Softmax" ? "ClassWeights" : "PositiveWeights", _dice.Chance(0.2) ? $"new double[] {{ {string.Join(", ", weights)} }}" : $"[{string.Join(", ", weights)}]");
        }

        return head;
    }

    private AttributeWriter From(AttributeWriter attribute, string[] sources) =>
        sources.Length == 0 ? attribute : attribute.Option("From", _dice.Chance(0.1) ? $"new string[] {{ {string.Join(", ", sources)} }}" : $"[{string.Join(", ", sources)}]");

    /// <summary>Layers to read: the last one, so that every layer is read, and others.</summary>
    private string[] Sources(bool several)
    {
        Written[] bodies = [.. _written.Where(layer => !layer.IsHead)];
        if (!several || bodies.Length == 0)
        {
            return [];
        }

        bool isHead = _written[^1].IsHead;
        List<string> names = isHead ? [] : [Quote(bodies[^1].Name)];
        for (int more = _dice.Below(3); more > 0 || names.Count == 0; more--)
        {
            Written other = _dice.Odd() ? _dice.One(_written.ToArray()) : _dice.One(bodies);
            bool fits = _dice.Odd() || names.Count == 0 || (other.Once == bodies[^1].Once && !isHead);
            if (fits && _dice.Odd())
            {
                names.Add(_dice.One("\"Missing\"", "\"\"", "null!", "Layer.Input", "nameof(System)", "\"<input>\"", "3", Quote(_names[^1])));
            }
            else if (fits && !_tokens && !other.Once && !bodies[^1].Once && _dice.Chance(0.2))
            {
                names.Add("Layer.Input");
            }
            else if (fits)
            {
                names.Add(Quote(other.Name));
            }
        }

        string[] shuffled = [.. names];
        _dice.Shuffle(shuffled.AsSpan());
        return shuffled;
    }

    private string Quote(string name) => _dice.Chance(0.7) ? $"nameof({name})" : $"\"{name.TrimStart('@')}\"";

    /// <summary>The total size of these layers.</summary>
    private int Outputs(string[] sources) => sources.Length == 0 ? ReadBefore() : sources.Sum(source => source switch
    {
        "Layer.Input" => _inputSize,
        _ => _written.FirstOrDefault(layer => source == $"nameof({layer.Name})" || source == $"\"{layer.Name.TrimStart('@')}\"")?.Outputs ?? 1,
    });

    private int ReadBefore() => _written.LastOrDefault(layer => !layer.IsHead)?.Outputs ?? _inputSize;

    private (string Text, int Size) Size()
    {
        if (_dice.Odd())
        {
            return (OddValues.Size(_dice), 3);
        }

        int size = _vocabulary > 0 && _dice.Chance(0.3) ? _vocabulary : _dice.Chance(0.02) ? _dice.One(100, 257, 1000) : _dice.One(Sizes);
        return (size.ToString(CultureInfo.InvariantCulture), size);
    }

    private sealed record Written(string Name, int Outputs, bool IsHead, bool Once);
}
