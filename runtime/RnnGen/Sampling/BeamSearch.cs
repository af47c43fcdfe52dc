using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// Beam search for likely continuations of a text: at every step it keeps the <c>width</c> most likely prefixes and extends each by every
/// token. It allocates nothing after construction, and must not be used by two threads at the same time. <c>model.CreateBeamSearch(width,
/// longest)</c> creates one.
/// </summary>
/// <remarks>
/// A continuation ends with the end token, or after <c>longest</c> tokens. If the beam is wide enough to keep every prefix, the search is
/// exhaustive; a narrower beam may miss a continuation whose prefix is unlikely.
/// </remarks>
public sealed class BeamSearch
{
    private readonly IRnnStreamingModel<int> _model;
    private readonly int _longest;
    private readonly float[] _probabilities;
    private readonly bool[] _banned;
    private readonly State _start;
    private readonly Ranking _found;
    private Ranking _open;
    private Ranking _longer;
    private State[] _states;
    private State[] _longerStates;
    private int? _end;
    private float _lengthPenalty;

    internal BeamSearch(IRnnStreamingModel<int> model, int width, int longest)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        Generation.CheckReadsItsOutput(model, model.OutputSize <= model.InputSize);
        if (width > model.OutputSize)
        {
            throw new ArgumentException($"The beam is wider than the vocabulary: expected 1 to {model.OutputSize}, found {width}.", nameof(width));
        }

        _model = model;
        _longest = longest;
        _probabilities = new float[model.OutputSize];
        _banned = new bool[model.OutputSize];
        _start = model.CreateState();
        _found = new Ranking(width, longest);
        _open = new Ranking(width, longest);
        _longer = new Ranking(width, longest);
        _states = [.. Enumerable.Range(0, width).Select(_ => model.CreateState())];
        _longerStates = [.. Enumerable.Range(0, width).Select(_ => model.CreateState())];
    }

    /// <summary>Number of prefixes that are kept.</summary>
    public int Width => _states.Length;

    /// <summary>The token that ends a continuation; null, the default, for none: then all continuations have the maximum length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in 0 .. OutputSize - 1.</exception>
    public int? End
    {
        get => _end;
        set => _end = value is null || (uint)value.Value < (uint)_model.OutputSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(End), value, $"Must be in 0 .. {_model.OutputSize - 1}.");
    }

    /// <summary>
    /// Continuations are ranked by log probability / length^penalty, where the length includes the end token: 0, the default, ranks by
    /// probability, which favors short ones; 1 ranks by the mean log probability per token. Finite, at least 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float LengthPenalty
    {
        get => _lengthPenalty;
        set => _lengthPenalty = value is >= 0 and < float.PositiveInfinity
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LengthPenalty), value, "Must be finite and at least 0.");
    }

    /// <summary>Bans tokens: no continuation has them. The probabilities of the others are unchanged.</summary>
    /// <param name="tokens">The tokens, each in 0 .. OutputSize - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token; nothing was changed.</exception>
    public void Ban(params ReadOnlySpan<int> tokens)
    {
        CompilerServices.Check.Tokens(tokens, _banned.Length, nameof(tokens));
        foreach (int token in tokens)
        {
            _banned[token] = true;
        }
    }

    /// <summary>Bans a range of tokens: <c>beam.Ban(vocabulary.Size..)</c> bans those of a model that its vocabulary does not have.</summary>
    /// <param name="tokens">The range, in 0 .. OutputSize; it may be empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in that range; nothing was changed.</exception>
    public void Ban(Range tokens)
    {
        (int start, int end) = CompilerServices.Check.Tokens(tokens, _banned.Length, nameof(tokens));
        _banned.AsSpan(start..end).Fill(true);
    }

    /// <summary>Allows all tokens again.</summary>
    public void ClearBans() => _banned.AsSpan().Clear();

    /// <summary>Number of continuations that the last search found: <see cref="Width"/>, or fewer if there are not as many; 0 if all are banned.</summary>
    public int Count => _found.Count;

    /// <summary>A continuation of the last search, the best one first.</summary>
    /// <param name="index">Its rank, in 0 .. <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public Continuation this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            ref readonly Entry entry = ref _found[index];
            ReadOnlySpan<int> tokens = _found.Tokens(index)[..entry.Length];
            bool ended = tokens[^1] == _end;
            return new Continuation(ended ? tokens[..^1] : tokens, entry.LogProbability, entry.Rank, ended);
        }
    }

    /// <summary>Runs a search. Allocates nothing.</summary>
    /// <param name="state">The stream to start from. It is unchanged.</param>
    /// <param name="prompt">The tokens to read before the first one is written, at least one.</param>
    /// <returns><see cref="Count"/>.</returns>
    /// <exception cref="ArgumentException">The prompt is empty, or has a token that is not in the vocabulary.</exception>
    public int Search(State state, params ReadOnlySpan<int> prompt)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (prompt.IsEmpty)
        {
            throw new ArgumentException("The prompt is empty: expected at least one token.", nameof(prompt));
        }

        CompilerServices.Check.Tokens(prompt, _model.InputSize, nameof(prompt));
        _start.CopyFrom(state);
        for (int k = 0; k < prompt.Length; k++)
        {
            _model.Step(_start, prompt.Slice(k, 1), _probabilities);
        }

        _found.Clear();
        _longer.Clear();
        Extend(parent: -1, logProbability: 0, length: 1);
        for (int length = 2; MoveOn() && length <= _longest; length++)
        {
            for (int parent = 0; parent < _open.Count; parent++)
            {
                int last = _open.Tokens(parent)[length - 2];
                _model.Step(_states[parent], new ReadOnlySpan<int>(in last), _probabilities);
                Extend(parent, _open[parent].LogProbability, length);
            }
        }

        return Count;
    }

    /// <summary>Extends one prefix by every token.</summary>
    private void Extend(int parent, double logProbability, int length)
    {
        for (int token = 0; token < _probabilities.Length; token++)
        {
            // A probability of zero excludes a token, and so does NaN.
            if (_probabilities[token] > 0 && !_banned[token])
            {
                double sum = logProbability + PortableMath.Log(_probabilities[token]);
                bool isComplete = token == _end || length == _longest;
                var entry = new Entry(parent, token, length, sum, isComplete ? Rank(sum, length) : sum);
                if (!isComplete)
                {
                    _longer.Add(entry);
                }
                else if (_found.Add(entry) is int place and >= 0)
                {
                    Write(_found, place, parent, token, length);
                }
            }
        }
    }

    /// <summary>Makes the extended prefixes the current ones.</summary>
    /// <returns>Whether any of them can still lead to one of the best continuations.</returns>
    private bool MoveOn()
    {
        for (int k = 0; k < _longer.Count; k++)
        {
            Entry entry = _longer[k];
            _longerStates[k].CopyFrom(entry.Parent < 0 ? _start : _states[entry.Parent]);
            Write(_longer, k, entry.Parent, entry.Token, entry.Length);
        }

        (_open, _longer) = (_longer, _open);
        (_states, _longerStates) = (_longerStates, _states);
        _longer.Clear();

        // The log probability of a prefix can only decrease, and no rank is better than this sum at the maximum length.
        return _open.Count > 0 && !(_found.IsFull && Rank(_open[0].LogProbability, _longest) <= _found[_found.Count - 1].Rank);
    }

    private void Write(Ranking ranking, int place, int parent, int token, int length)
    {
        Span<int> tokens = ranking.Tokens(place);
        if (parent >= 0)
        {
            _open.Tokens(parent)[..(length - 1)].CopyTo(tokens);
        }

        tokens[length - 1] = token;
    }

    private double Rank(double logProbability, int length) => _lengthPenalty == 0 ? logProbability : logProbability / PortableMath.Power(length, _lengthPenalty);

    /// <summary>A result of a beam search.</summary>
    public readonly ref struct Continuation
    {
        internal Continuation(ReadOnlySpan<int> tokens, double logProbability, double score, bool ended)
        {
            Tokens = tokens;
            LogProbability = logProbability;
            Score = score;
            Ended = ended;
        }

        /// <summary>The tokens, without the end token; valid until the next search.</summary>
        public ReadOnlySpan<int> Tokens { get; }

        /// <summary>The natural logarithm of the probability, including that of the end token.</summary>
        public double LogProbability { get; }

        /// <summary>The value that it is ranked by.</summary>
        public double Score { get; }

        /// <summary>Whether it ended with the end token, and not at the maximum length.</summary>
        public bool Ended { get; }
    }

    private readonly record struct Entry(int Parent, int Token, int Length, double LogProbability, double Rank);

    /// <summary>The best entries in order; of equal ones, the earlier one is first. Each has a buffer for its tokens, which moves with it.</summary>
    private sealed class Ranking(int width, int longest)
    {
        private readonly Entry[] _entries = new Entry[width];
        private readonly int[] _rooms = [.. Enumerable.Range(0, width)];
        private readonly int[] _tokens = new int[checked(width * longest)];

        public int Count { get; private set; }

        public bool IsFull => Count == _entries.Length;

        public ref readonly Entry this[int place] => ref _entries[place];

        public Span<int> Tokens(int place) => _tokens.AsSpan(_rooms[place] * longest, longest);

        public void Clear() => Count = 0;

        /// <summary>Inserts an entry if it is good enough, in place of the worst one if the list is full.</summary>
        /// <returns>Its place, or -1.</returns>
        public int Add(Entry entry)
        {
            if (IsFull && !(entry.Rank > _entries[^1].Rank))
            {
                return -1;
            }

            int place = IsFull ? Count - 1 : Count++;
            int room = _rooms[place];
            for (; place > 0 && entry.Rank > _entries[place - 1].Rank; place--)
            {
                _entries[place] = _entries[place - 1];
                _rooms[place] = _rooms[place - 1];
            }

            _entries[place] = entry;
            _rooms[place] = room;
            return place;
        }
    }
}
