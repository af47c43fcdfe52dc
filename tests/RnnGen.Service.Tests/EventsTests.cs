namespace RnnGen.Tests.Service;

/// <summary>Listeners that are slow, or too many.</summary>
public sealed class EventsTests
{
    [Fact]
    public async Task A_slow_listener_hears_no_more_and_misses_nothing_before()
    {
        var events = new Events();
        using Listener slow = events.Listen("a")!;
        using Listener other = events.Listen("b")!;
        for (int k = 0; k < 1000; k++)
        {
            events.Tell("a", new Answer(k, 1));
        }

        events.Tell("b", new Answer(-1, 1));

        var heard = new List<float>();
        await foreach (Answer answer in slow.Answers(default))
        {
            heard.Add(answer.Score);
        }

        Assert.Equal(Enumerable.Range(0, 256).Select(k => (float)k), heard);
        await using IAsyncEnumerator<Answer> next = other.Answers(default).GetAsyncEnumerator();
        Assert.True(await next.MoveNextAsync());
        Assert.Equal(-1, next.Current.Score);
    }

    [Fact]
    public void Listeners_are_bounded_and_leave_their_places()
    {
        var events = new Events();
        List<Listener> listeners = [.. Enumerable.Range(0, 1000).Select(k => events.Listen($"{k % 3}")!)];

        Assert.Null(events.Listen("a"));
        listeners.ForEach(listener => listener.Dispose());
        Assert.NotNull(events.Listen("a"));
    }
}
