using System.Threading.Channels;

/// <summary>Listeners of streams: each gets the answers of one stream.</summary>
public sealed class Events
{
    private const int Most = 1000;

    private readonly Dictionary<string, List<Listener>> _listeners = [];
    private int _count;

    /// <summary>Tells the listeners of a stream, if it has any.</summary>
    public void Tell(string key, Answer answer)
    {
        if (Volatile.Read(ref _count) == 0)
        {
            return;
        }

        lock (_listeners)
        {
            foreach (Listener listener in _listeners.GetValueOrDefault(key, []))
            {
                listener.Tell(answer);
            }
        }
    }

    /// <summary>Begins to listen to a stream, which need not be live.</summary>
    /// <returns>The listener, which is to be disposed; null if there are too many.</returns>
    public Listener? Listen(string key)
    {
        lock (_listeners)
        {
            if (_count == Most)
            {
                return null;
            }

            var listener = new Listener(listener => Leave(key, listener));
            if (!_listeners.TryGetValue(key, out List<Listener>? listeners))
            {
                _listeners.Add(key, listeners = []);
            }

            listeners.Add(listener);
            _count++;
            return listener;
        }
    }

    private void Leave(string key, Listener listener)
    {
        lock (_listeners)
        {
            List<Listener> listeners = _listeners[key];
            listeners.Remove(listener);
            _count--;
            if (listeners.Count == 0)
            {
                _listeners.Remove(key);
            }
        }
    }
}

/// <summary>Who listens to a stream. One that is too slow hears no more: its answers end, where others would be left out.</summary>
/// <param name="leave">Is told when it ends.</param>
public sealed class Listener(Action<Listener> leave) : IDisposable
{
    private const int Behind = 256;

    private readonly Channel<Answer> _answers = Channel.CreateBounded<Answer>(Behind);

    /// <summary>The answers, as they come.</summary>
    public IAsyncEnumerable<Answer> Answers(CancellationToken cancellation) => _answers.Reader.ReadAllAsync(cancellation);

    /// <summary>Has the next answer.</summary>
    public void Tell(Answer answer)
    {
        if (!_answers.Writer.TryWrite(answer))
        {
            _answers.Writer.TryComplete();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => leave(this);
}
