namespace RnnGen.Formats;

/// <summary>The stack and the memo of the machine that a pickle is a program for, and what is built on them.</summary>
/// <param name="budget">The memory for objects.</param>
/// <param name="wrong">Makes the exception for the present instruction.</param>
internal sealed class PickleStack(MemoryBudget budget, Func<FormattableString, CheckpointException> wrong)
{
    /// <summary>About what an object takes in memory on a 64-bit machine ...</summary>
    public const int ObjectMemory = 24;

    /// <summary>... a container ...</summary>
    public const int ContainerMemory = 64;

    /// <summary>... and a place in one, with the growth of lists.</summary>
    public const int Slot = 2 * Reference;

    private const int Reference = sizeof(long);
    private const int Deepest = 1 << 16;

    private readonly List<object?> _objects = [];
    private readonly List<int> _marks = [];
    private readonly List<object?> _memo = [];

    /// <summary>The number of objects.</summary>
    public int Count => _objects.Count;

    /// <summary>Whether there are neither objects nor marks.</summary>
    public bool IsEmpty => _objects.Count == 0 && _marks.Count == 0;

    /// <summary>Puts a mark on the stack.</summary>
    public void Mark()
    {
        if (_marks.Count == Limits.Depth)
        {
            throw wrong($"expected at most {Limits.Depth} levels of objects, found more.");
        }

        _marks.Add(_objects.Count);
    }

    /// <summary>Puts an object on the stack.</summary>
    public void Push(object? value)
    {
        if (_objects.Count == Deepest)
        {
            throw wrong($"expected at most {Deepest} objects at a time, found more. {TorchGlobals.Advice}");
        }

        _objects.Add(value);
    }

    /// <summary>Puts a whole number on the stack.</summary>
    public void Push(long value)
    {
        budget.Take(ObjectMemory);
        Push((object)value);
    }

    /// <summary>Takes the object on top, above the last mark.</summary>
    public object? Pop()
    {
        int bottom = _marks.Count == 0 ? 0 : _marks[^1];
        if (_objects.Count <= bottom)
        {
            throw wrong($"expected an object on the stack, found none.");
        }

        object? value = _objects[^1];
        _objects.RemoveAt(_objects.Count - 1);
        return value;
    }

    /// <summary>Takes several objects, the lowest first.</summary>
    public object?[] PopMany(int count)
    {
        var values = new object?[count];
        for (int k = count - 1; k >= 0; k--)
        {
            values[k] = Pop();
        }

        return values;
    }

    /// <summary>Takes the last mark and all objects above it.</summary>
    public object?[] PopToMark()
    {
        if (_marks.Count == 0)
        {
            throw wrong($"expected a mark on the stack, found none.");
        }

        int mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        var values = new object?[_objects.Count - mark];
        _objects.CopyTo(mark, values, 0, values.Length);
        _objects.RemoveRange(mark, values.Length);
        return values;
    }

    /// <summary>Puts a tuple on the stack.</summary>
    public void PushTuple(object?[] items)
    {
        budget.Take(ObjectMemory + (Reference * items.Length));
        Push(items);
    }

    /// <summary>Puts a list on the stack.</summary>
    public void PushList(object?[] items)
    {
        budget.Take(ContainerMemory);
        Push(new List<object?>());
        Append(items);
    }

    /// <summary>Appends to the list on top.</summary>
    public void Append(object?[] items)
    {
        object? list = Pop();
        Push(list);
        if (list is not List<object?> known)
        {
            throw wrong($"expected a list to append to, found {TorchGlobals.Describe(list)}.");
        }

        budget.Take(Slot * items.Length);
        known.AddRange(items);
    }

    /// <summary>Puts a dictionary on the stack.</summary>
    public void PushDictionary(object?[] pairs)
    {
        budget.Take(ContainerMemory);
        Push(new PickleDictionary());
        SetItems(pairs);
    }

    /// <summary>Adds keys and values to the dictionary on top.</summary>
    public void SetItems(object?[] pairs)
    {
        object? dictionary = Pop();
        Push(dictionary);
        if (dictionary is not PickleDictionary known || pairs.Length % 2 != 0)
        {
            throw wrong($"expected a dictionary and pairs for it, found {TorchGlobals.Describe(dictionary)} and {pairs.Length} objects.");
        }

        budget.Take(Slot * pairs.Length);
        for (int k = 0; k < pairs.Length; k += 2)
        {
            known.Pairs.Add(new(pairs[k], pairs[k + 1]));
        }
    }

    /// <summary>Remembers the object on top.</summary>
    /// <param name="number">Its number; null for the next one.</param>
    /// <param name="position">Where the reader is: every number was put there by an instruction of at least a byte.</param>
    public void Memoize(ulong? number, int position)
    {
        object? value = Pop();
        Push(value);
        ulong index = number ?? (ulong)_memo.Count;
        if (index >= (ulong)position)
        {
            throw wrong($"expected a place of the memo below {position}, found {index}.");
        }

        int grown = (int)index + 1 - _memo.Count;
        if (grown > 0)
        {
            budget.Take(Slot * grown);
            _memo.AddRange(new object?[grown]);
        }

        _memo[(int)index] = value;
    }

    /// <summary>Puts an object that is remembered on the stack.</summary>
    public void Recall(ulong index) => Push(index < (ulong)_memo.Count ? _memo[(int)index] : throw wrong($"expected a place of the memo below {_memo.Count}, found {index}."));
}
