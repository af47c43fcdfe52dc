using System.Globalization;

namespace RnnGen.Formats;

/// <summary>Finds the tensors in an object of a pickle, and names them by their path: <c>model.rnn.weight_ih_l0</c>, <c>optimizer.state.0.exp_avg</c>.</summary>
internal sealed class TorchNames
{
    // A tensor that was saved alone has no path.
    private const string NameOfOne = "tensor";

    private const int ItemMemory = 8;
    private const int TensorMemory = 128;

    private readonly string _path;
    private readonly MemoryBudget _budget;
    private readonly List<string> _parts = [];
    private readonly List<(string Name, TorchTensor Tensor)> _found = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Makes a search without results.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="budget">The memory for names. It bounds the time, too: an object that is in many places is looked at in each.</param>
    public TorchNames(string path, MemoryBudget budget)
    {
        _path = path;
        _budget = budget;
    }

    /// <summary>What was found, in its order.</summary>
    public IReadOnlyList<(string Name, TorchTensor Tensor)> Found => _found;

    /// <summary>Adds the tensors of an object.</summary>
    /// <param name="value">The object.</param>
    /// <param name="prefix">What their names start with; empty for nothing.</param>
    /// <exception cref="CheckpointException">Two have the same name, or the object is nested too deep.</exception>
    public void Add(object? value, string prefix = "")
    {
        if (prefix == "")
        {
            Walk(value, 0);
        }
        else
        {
            WalkItem(prefix, value, 0);
        }
    }

    private void Walk(object? value, int depth)
    {
        if (depth > Limits.Depth)
        {
            throw new CheckpointException(
                CheckpointReason.Container, _path, $"expected at most {Limits.Depth} levels of objects, found more, or an object inside of itself. {TorchGlobals.Advice}");
        }

        switch (value)
        {
            case TorchTensor tensor:
                Add(tensor);
                break;
            case PickleDictionary dictionary:
                for (int k = 0; k < dictionary.Pairs.Count; k++)
                {
                    WalkItem(Key(dictionary.Pairs[k].Key, k), dictionary.Pairs[k].Value, depth);
                }

                break;
            case PickleInstance { State: PickleDictionary attributes }:
                WalkModule(attributes, depth);
                break;
            case PickleInstance instance:
                Walk(instance.State, depth + 1);
                break;
            case IReadOnlyList<object?> items:
                for (int k = 0; k < items.Count; k++)
                {
                    WalkItem(Index(k), items[k], depth);
                }

                break;
        }
    }

    /// <summary>
    /// A module of TorchScript has what state_dict() has: its tensors and those of its modules. Its lists, such as <c>_flat_weights</c> of
    /// recurrent layers, have the same tensors again.
    /// </summary>
    private void WalkModule(PickleDictionary attributes, int depth)
    {
        for (int k = 0; k < attributes.Pairs.Count; k++)
        {
            (object? key, object? value) = attributes.Pairs[k];
            if (value is TorchTensor or PickleInstance)
            {
                WalkItem(Key(key, k), value, depth);
            }
        }
    }

    private void WalkItem(string name, object? value, int depth)
    {
        _budget.Take(ItemMemory);
        _parts.Add(name);
        Walk(value, depth + 1);
        _parts.RemoveAt(_parts.Count - 1);
    }

    private void Add(TorchTensor tensor)
    {
        _budget.Take(TensorMemory + (sizeof(char) * _parts.Sum(part => part.Length + 1L)));
        string name = _parts.Count == 0 ? NameOfOne : string.Join('.', _parts);
        if (!_names.Add(name))
        {
            throw new CheckpointException(
                CheckpointReason.Container, _path, name, null, $"expected every name once, found two tensors of that name. Give one of them another key.");
        }

        _found.Add((name, tensor));
    }

    private static string Key(object? key, int position) => key switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        bool truth => truth ? "True" : "False",
        null => "None",
        _ => Index(position),
    };

    private static string Index(int position) => position.ToString(CultureInfo.InvariantCulture);
}
