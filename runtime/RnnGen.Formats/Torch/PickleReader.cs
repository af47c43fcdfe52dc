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
    private const int DeepestStack = 1 << 16;
    private const int LongestLine = 1000;

    // About what objects take in memory on a 64-bit machine, with the growth of lists.
    private const int Reference = sizeof(long);
    private const int Slot = 2 * Reference;
    private const int ObjectMemory = 24;
    private const int ContainerMemory = 64;

    // Not a new object for every byte.
    private static readonly object True = true;
    private static readonly object False = false;

    private readonly string _path;
    private readonly ReadOnlyMemory<byte> _pickle;
    private readonly long? _offset;
    private readonly bool _isScript;
    private readonly MemoryBudget _budget;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly List<object?> _memo = [];
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
                object? result = Pop();
                return _stack.Count == 0 && _marks.Count == 0 ? result : throw Wrong($"expected one object, found {_stack.Count + 1}.");
            }

            Execute(opcode);
        }
    }

    /// <summary>Takes the memory of pairs that a call copies.</summary>
    public void Take(int pairs) => _budget.Take(2L * Slot * pairs);

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
                if (_marks.Count == Limits.Depth)
                {
                    throw Wrong($"expected at most {Limits.Depth} levels of objects, found more.");
                }

                _marks.Add(_stack.Count);
                break;
            case PickleOpcode.Pop:
                Pop();
                break;
            case PickleOpcode.PopMark:
                PopToMark();
                break;
            case PickleOpcode.Dup:
                object? top = Pop();
                Push(top);
                Push(top);
                break;
            case PickleOpcode.None:
                Push(null);
                break;
            case PickleOpcode.NewTrue:
                Push(True);
                break;
            case PickleOpcode.NewFalse:
                Push(False);
                break;
            case PickleOpcode.BinPut:
                Memoize(Unsigned(1));
                break;
            case PickleOpcode.LongBinPut:
                Memoize(Unsigned(4));
                break;
            case PickleOpcode.Memoize:
                Memoize((ulong)_memo.Count);
                break;
            case PickleOpcode.BinGet:
                Recall(Unsigned(1));
                break;
            case PickleOpcode.LongBinGet:
                Recall(Unsigned(4));
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
                Push((int)Unsigned(4));
                break;
            case PickleOpcode.BinInt1:
                Push((long)Unsigned(1));
                break;
            case PickleOpcode.BinInt2:
                Push((long)Unsigned(2));
                break;
            case PickleOpcode.Int:
                string number = Line();
                if (number is "00" or "01")
                {
                    Push(number == "01" ? True : False);
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
                Push(PickleOpaque.Instance);
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
                Push(Array.Empty<object?>());
                break;
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                PushTuple(PopMany(opcode - PickleOpcode.Tuple1 + 1));
                break;
            case PickleOpcode.Tuple:
                PushTuple(PopToMark());
                break;
            case PickleOpcode.EmptyList:
                PushList([]);
                break;
            case PickleOpcode.List:
                PushList(PopToMark());
                break;
            case PickleOpcode.Append:
                object? item = Pop();
                Append([item]);
                break;
            case PickleOpcode.Appends:
                Append(PopToMark());
                break;
            case PickleOpcode.EmptyDict:
                PushDictionary([]);
                break;
            case PickleOpcode.Dict:
                PushDictionary(PopToMark());
                break;
            case PickleOpcode.SetItem:
                SetItems(PopMany(2));
                break;
            case PickleOpcode.SetItems:
                SetItems(PopToMark());
                break;
            case PickleOpcode.EmptySet:
                Push(PickleOpaque.Instance);
                break;
            case PickleOpcode.AddItems:
                PopToMark();
                break;
            case PickleOpcode.FrozenSet:
                PopToMark();
                Push(PickleOpaque.Instance);
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
                Push(TorchGlobals.Find(this, module, Line(), _isScript));
                break;
            case PickleOpcode.StackGlobal:
                object? name = Pop();
                object? of = Pop();
                Push(TorchGlobals.Find(this, Text(of), Text(name), _isScript));
                break;
            case PickleOpcode.Reduce:
                object? arguments = Pop();
                _budget.Take(ContainerMemory);
                Push(Charged(TorchGlobals.Call(this, Pop(), arguments)));
                break;
            case PickleOpcode.NewObj:
                Pop();
                _budget.Take(ContainerMemory);
                Push(TorchGlobals.New(this, Pop()));
                break;
            case PickleOpcode.BinPersId:
                _budget.Take(2 * ContainerMemory);
                Storages.Add(TorchStorage.Load(this, Pop()));
                Push(Storages[^1]);
                break;
            case PickleOpcode.Build:
                Build(Pop());
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
            _budget.Take((2 * ContainerMemory) + ((sizeof(int) + sizeof(long)) * tensor.Shape.Length));
        }

        return made;
    }

    private void Build(object? state)
    {
        object? built = Pop();
        Push(built);
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

    private void Push(object? value)
    {
        if (_stack.Count == DeepestStack)
        {
            throw Wrong($"expected at most {DeepestStack} objects at a time, found more. {TorchGlobals.Advice}");
        }

        _stack.Add(value);
    }

    private void Push(long value)
    {
        _budget.Take(ObjectMemory);
        Push((object)value);
    }

    private object? Pop()
    {
        int bottom = _marks.Count == 0 ? 0 : _marks[^1];
        if (_stack.Count <= bottom)
        {
            throw Wrong($"expected an object on the stack, found none.");
        }

        object? value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var values = new object?[count];
        for (int k = count - 1; k >= 0; k--)
        {
            values[k] = Pop();
        }

        return values;
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
        {
            throw Wrong($"expected a mark on the stack, found none.");
        }

        int mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        var values = new object?[_stack.Count - mark];
        _stack.CopyTo(mark, values, 0, values.Length);
        _stack.RemoveRange(mark, values.Length);
        return values;
    }

    private void PushTuple(object?[] items)
    {
        _budget.Take(ObjectMemory + (Reference * items.Length));
        Push(items);
    }

    private void PushList(object?[] items)
    {
        _budget.Take(ContainerMemory);
        Push(new List<object?>());
        Append(items);
    }

    private void Append(object?[] items)
    {
        object? list = Pop();
        Push(list);
        if (list is not List<object?> known)
        {
            throw Wrong($"expected a list to append to, found {TorchGlobals.Describe(list)}.");
        }

        _budget.Take(Slot * items.Length);
        known.AddRange(items);
    }

    private void PushDictionary(object?[] pairs)
    {
        _budget.Take(ContainerMemory);
        Push(new PickleDictionary());
        SetItems(pairs);
    }

    private void SetItems(object?[] pairs)
    {
        object? dictionary = Pop();
        Push(dictionary);
        if (dictionary is not PickleDictionary known || pairs.Length % 2 != 0)
        {
            throw Wrong($"expected a dictionary and pairs for it, found {TorchGlobals.Describe(dictionary)} and {pairs.Length} objects.");
        }

        _budget.Take(Slot * pairs.Length);
        for (int k = 0; k < pairs.Length; k += 2)
        {
            known.Pairs.Add(new(pairs[k], pairs[k + 1]));
        }
    }

    private void Memoize(ulong index)
    {
        object? value = Pop();
        Push(value);

        // Every number was put there by an instruction of at least a byte.
        if (index >= (ulong)Position)
        {
            throw Wrong($"expected a place of the memo below {Position}, found {index}.");
        }

        int grown = (int)index + 1 - _memo.Count;
        if (grown > 0)
        {
            _budget.Take(Slot * grown);
            _memo.AddRange(new object?[grown]);
        }

        _memo[(int)index] = value;
    }

    private void Recall(ulong index) => Push(index < (ulong)_memo.Count ? _memo[(int)index] : throw Wrong($"expected a place of the memo below {_memo.Count}, found {index}."));

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

            Push(value);
        }
        else
        {
            // No size is that large.
            Push(PickleOpaque.Instance);
        }
    }

    private void PushText(ulong length)
    {
        ReadOnlySpan<byte> text = Bytes(Length(length));
        _budget.Take(ObjectMemory + ((long)sizeof(char) * text.Length));
        Push(Encoding.UTF8.GetString(text));
    }

    private void SkipBytes(ulong length)
    {
        Bytes(Length(length));
        Push(PickleOpaque.Instance);
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
        _budget.Take(ObjectMemory + (sizeof(char) * length));
        return Encoding.UTF8.GetString(rest[..length]);
    }
}
