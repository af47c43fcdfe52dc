using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace RnnGen.Formats;

/// <summary>
/// Reads a pickle, Python's format of objects: a program for a machine with a stack and a memo. Python's own machine calls whatever function
/// a pickle names. This one builds lists, tuples, dictionaries and what <see cref="TorchGlobals"/> knows, and refuses everything else.
/// </summary>
internal sealed class PickleReader
{
    private const int NewestProtocol = 5;
    private const int LongestLine = 1000;

    // Not a new object for every byte.
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly string _path;
    private readonly ReadOnlyMemory<byte> _pickle;
    private readonly long? _offset;
    private readonly bool _isScript;
    private readonly MemoryBudget _budget;
    private readonly PickleStack _stack;
    private int _instruction;

    /// <summary>Makes a reader.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="pickle">Bytes with the pickle.</param>
    /// <param name="start">Where in them it starts.</param>
    /// <param name="offset">Where the bytes start in the file, for messages; null if they are compressed.</param>
    /// <param name="isScript">Whether it comes from an archive of TorchScript, which has classes of its own.</param>
    /// <param name="budget">The memory for objects.</param>
    public PickleReader(string path, ReadOnlyMemory<byte> pickle, int start, long? offset, bool isScript, MemoryBudget budget)
    {
        _path = path;
        _pickle = pickle;
        Position = start;
        _offset = offset;
        _isScript = isScript;
        _budget = budget;
        _stack = new PickleStack(budget, problem => Wrong(problem));
    }

    /// <summary>Where the reader is: behind the pickle after it was read.</summary>
    public int Position { get; private set; }

    /// <summary>The storages that the pickle refers to, in its order. A storage may be there several times.</summary>
    public List<TorchStorage> Storages { get; } = [];

    private int Left => _pickle.Length - Position;

    /// <summary>Reads the pickle.</summary>
    /// <returns>Its object; see <see cref="PickleOpaque"/> for the types.</returns>
    /// <exception cref="CheckpointException">It is broken, or names something that is not known.</exception>
    public object? Read()
    {
        while (true)
        {
            _instruction = Position;
            var opcode = (PickleOpcode)Bytes(1)[0];
            if (opcode == PickleOpcode.Stop)
            {
                object? result = _stack.Pop();
                return _stack.IsEmpty ? result : throw Wrong($"expected one object, found {_stack.Count + 1}.");
            }

            Execute(opcode);
        }
    }

    /// <summary>Takes the memory of pairs that a call copies.</summary>
    public void Take(int pairs) => _budget.Take(2L * PickleStack.Slot * pairs);

    /// <summary>The exception for the present instruction.</summary>
    public CheckpointException Wrong(FormattableString problem, CheckpointReason reason = CheckpointReason.Container) =>
        new(reason, _path, null, _offset + _instruction, problem);

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                int protocol = Bytes(1)[0];
                if (protocol > NewestProtocol)
                {
                    throw Wrong($"expected a pickle of protocol {NewestProtocol} or older, found {protocol}.");
                }

                break;
            case PickleOpcode.Frame:
                Length(Unsigned(8));
                break;
            case PickleOpcode.Mark:
                _stack.Mark();
                break;
            case PickleOpcode.Pop:
                _stack.Pop();
                break;
            case PickleOpcode.PopMark:
                _stack.PopToMark();
                break;
            case PickleOpcode.Dup:
                object? top = _stack.Pop();
                _stack.Push(top);
                _stack.Push(top);
                break;
            case PickleOpcode.None:
                _stack.Push(null);
                break;
            case PickleOpcode.NewTrue:
                _stack.Push(True);
                break;
            case PickleOpcode.NewFalse:
                _stack.Push(False);
                break;
            case PickleOpcode.BinPut:
                _stack.Memoize(Unsigned(1), Position);
                break;
            case PickleOpcode.LongBinPut:
                _stack.Memoize(Unsigned(4), Position);
                break;
            case PickleOpcode.Memoize:
                _stack.Memoize(null, Position);
                break;
            case PickleOpcode.BinGet:
                _stack.Recall(Unsigned(1));
                break;
            case PickleOpcode.LongBinGet:
                _stack.Recall(Unsigned(4));
                break;
            default:
                if (!ExecuteNumber(opcode) && !ExecuteText(opcode) && !ExecuteContainer(opcode) && !ExecuteObject(opcode))
                {
                    throw Wrong($"expected an instruction of a pickle that torch.save writes, found {(byte)opcode:x2}. {TorchGlobals.Advice}");
                }

                break;
        }
    }

    private bool ExecuteNumber(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.BinInt:
                _stack.Push((int)Unsigned(4));
                break;
            case PickleOpcode.BinInt1:
                _stack.Push((long)Unsigned(1));
                break;
            case PickleOpcode.BinInt2:
                _stack.Push((long)Unsigned(2));
                break;
            case PickleOpcode.Int:
                string number = Line();
                if (number is "00" or "01")
                {
                    _stack.Push(number == "01" ? True : False);
                }
                else
                {
                    PushNumber(number);
                }

                break;
            case PickleOpcode.Long:
                PushNumber(Line().TrimEnd('L'));
                break;
            case PickleOpcode.Long1:
                PushNumber(Bytes(Length(Unsigned(1))));
                break;
            case PickleOpcode.Long4:
                PushNumber(Bytes(Length(Unsigned(4))));
                break;
            case PickleOpcode.BinFloat:
                Bytes(sizeof(double));
                _stack.Push(PickleOpaque.Instance);
                break;
            default:
                return false;
        }

        return true;
    }

    private bool ExecuteText(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.ShortBinString or PickleOpcode.ShortBinUnicode:
                PushText(Unsigned(1));
                break;
            case PickleOpcode.BinString or PickleOpcode.BinUnicode:
                PushText(Unsigned(4));
                break;
            case PickleOpcode.BinUnicode8:
                PushText(Unsigned(8));
                break;
            case PickleOpcode.ShortBinBytes:
                SkipBytes(Unsigned(1));
                break;
            case PickleOpcode.BinBytes:
                SkipBytes(Unsigned(4));
                break;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8:
                SkipBytes(Unsigned(8));
                break;
            default:
                return false;
        }

        return true;
    }

    private bool ExecuteContainer(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EmptyTuple:
                _stack.Push(Array.Empty<object?>());
                break;
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                _stack.PushTuple(_stack.PopMany(opcode - PickleOpcode.Tuple1 + 1));
                break;
            case PickleOpcode.Tuple:
                _stack.PushTuple(_stack.PopToMark());
                break;
            case PickleOpcode.EmptyList:
                _stack.PushList([]);
                break;
            case PickleOpcode.List:
                _stack.PushList(_stack.PopToMark());
                break;
            case PickleOpcode.Append:
                object? item = _stack.Pop();
                _stack.Append([item]);
                break;
            case PickleOpcode.Appends:
                _stack.Append(_stack.PopToMark());
                break;
            case PickleOpcode.EmptyDict:
                _stack.PushDictionary([]);
                break;
            case PickleOpcode.Dict:
                _stack.PushDictionary(_stack.PopToMark());
                break;
            case PickleOpcode.SetItem:
                _stack.SetItems(_stack.PopMany(2));
                break;
            case PickleOpcode.SetItems:
                _stack.SetItems(_stack.PopToMark());
                break;
            case PickleOpcode.EmptySet:
                _stack.Push(PickleOpaque.Instance);
                break;
            case PickleOpcode.AddItems:
                _stack.PopToMark();
                break;
            case PickleOpcode.FrozenSet:
                _stack.PopToMark();
                _stack.Push(PickleOpaque.Instance);
                break;
            default:
                return false;
        }

        return true;
    }

    private bool ExecuteObject(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global:
                string module = Line();
                _stack.Push(TorchGlobals.Find(this, module, Line(), _isScript));
                break;
            case PickleOpcode.StackGlobal:
                object? name = _stack.Pop();
                object? of = _stack.Pop();
                _stack.Push(TorchGlobals.Find(this, Text(of), Text(name), _isScript));
                break;
            case PickleOpcode.Reduce:
                object? arguments = _stack.Pop();
                _budget.Take(PickleStack.ContainerMemory);
                _stack.Push(Charged(TorchGlobals.Call(this, _stack.Pop(), arguments)));
                break;
            case PickleOpcode.NewObj:
                _stack.Pop();
                _budget.Take(PickleStack.ContainerMemory);
                _stack.Push(TorchGlobals.New(this, _stack.Pop()));
                break;
            case PickleOpcode.BinPersId:
                _budget.Take(2 * PickleStack.ContainerMemory);
                Storages.Add(TorchStorage.Load(this, _stack.Pop()));
                _stack.Push(Storages[^1]);
                break;
            case PickleOpcode.Build:
                Build(_stack.Pop());
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>Takes the memory of a tensor that a call made.</summary>
    private object? Charged(object? made)
    {
        if (made is TorchTensor tensor)
        {
            _budget.Take((2 * PickleStack.ContainerMemory) + ((sizeof(int) + sizeof(long)) * tensor.Shape.Length));
        }

        return made;
    }

    private void Build(object? state)
    {
        object? built = _stack.Pop();
        _stack.Push(built);
        switch (built)
        {
            case PickleInstance instance:
                instance.State = state;
                break;

            // Attributes of a dictionary, such as the _metadata of a state_dict, have no tensors.
            case PickleDictionary or PickleOpaque:
                break;
            default:
                throw Wrong($"expected the state of an object, found that of {TorchGlobals.Describe(built)}. {TorchGlobals.Advice}");
        }
    }

    private void PushNumber(string digits)
    {
        if (!BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number))
        {
            throw Wrong($"expected a whole number, found '{digits}'.");
        }

        PushNumber(number.ToByteArray());
    }

    private void PushNumber(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= sizeof(long))
        {
            // Little-endian, the sign in the last byte.
            long value = bytes.Length > 0 && bytes[^1] > sbyte.MaxValue ? -1 : 0;
            for (int k = bytes.Length - 1; k >= 0; k--)
            {
                value = (value << 8) | bytes[k];
            }

            _stack.Push(value);
        }
        else
        {
            // No size is that large.
            _stack.Push(PickleOpaque.Instance);
        }
    }

    private void PushText(ulong length)
    {
        ReadOnlySpan<byte> text = Bytes(Length(length));
        _budget.Take(PickleStack.ObjectMemory + ((long)sizeof(char) * text.Length));
        _stack.Push(Encoding.UTF8.GetString(text));
    }

    private void SkipBytes(ulong length)
    {
        Bytes(Length(length));
        _stack.Push(PickleOpaque.Instance);
    }

    private string Text(object? value) => value as string ?? throw Wrong($"expected a name, found {TorchGlobals.Describe(value)}.");

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > Left)
        {
            throw Wrong($"expected {count} more bytes of a pickle, found {Left}. The file may be incomplete: copy it again.");
        }

        ReadOnlySpan<byte> bytes = _pickle.Span.Slice(Position, count);
        Position += count;
        return bytes;
    }

    /// <summary>A number of bytes that are there.</summary>
    private int Length(ulong length) => length <= (ulong)Left
        ? (int)length
        : throw Wrong($"expected {length} more bytes of a pickle, found {Left}. The file may be incomplete: copy it again.");

    private ulong Unsigned(int size)
    {
        ReadOnlySpan<byte> bytes = Bytes(size);
        return size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };
    }

    private string Line()
    {
        ReadOnlySpan<byte> rest = _pickle.Span[Position..];
        rest = rest[..Math.Min(rest.Length, LongestLine + 1)];
        int length = rest.IndexOf((byte)'\n');
        if (length < 0)
        {
            throw Wrong($"expected a line of at most {LongestLine} bytes, found no end of it.");
        }

        Position += length + 1;
        _budget.Take(PickleStack.ObjectMemory + (sizeof(char) * length));
        return Encoding.UTF8.GetString(rest[..length]);
    }
}
