using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;

namespace RnnGen.Tests.Service;

/// <summary>Streams over the network: whoever else is there, each gets, bit for bit, what the detector computes for it alone.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sockets_get_what_the_model_computes_alone()
    {
        await using RunningService service = await RunningService.Start(_folder);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async seed =>
        {
            using ClientSocket socket = await service.Connect($"pump-{seed}");
            await new Alone(seed).Talk(socket, count: 100);
        }));

        Assert.Equal(20, service.Streams.Count);
    }

    [Fact]
    public async Task Requests_are_answered_and_told_as_events()
    {
        await using RunningService service = await RunningService.Start(_folder);
        var alone = new Alone(1);
        using HttpResponseMessage events = await service.Client.GetAsync("streams/a/events", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync());
        Assert.Equal("text/event-stream", events.Content.Headers.ContentType!.MediaType);

        for (int k = 0; k < 10; k++)
        {
            float[] reading = alone.Read();
            Answer expected = alone.Step(reading);
            HttpResponseMessage response = await service.Client.PostAsJsonAsync("streams/a", reading);
            Assert.Equal(expected, ClientSocket.Parse(await response.Content.ReadAsStringAsync()));
            Assert.Equal(HttpStatusCode.OK, (await service.Client.PostAsJsonAsync("streams/b", reading)).StatusCode);

            Assert.Equal("event: answer", await lines.ReadLineAsync());
            Assert.Equal(expected, ClientSocket.Parse((await lines.ReadLineAsync())!["data: ".Length..]));
            Assert.Equal("", await lines.ReadLineAsync());
        }
    }

    [Theory]
    [InlineData("[1, 2]", WebSocketMessageType.Text, 1007)]
    [InlineData("[1, 2, null]", WebSocketMessageType.Text, 1007)]
    [InlineData("[1, 2, 1e99]", WebSocketMessageType.Text, 1007)]
    [InlineData("hello", WebSocketMessageType.Text, 1007)]
    [InlineData("null", WebSocketMessageType.Text, 1007)]
    [InlineData("eleven byte", WebSocketMessageType.Binary, 1007)]
    [InlineData("", WebSocketMessageType.Binary, 1007)]
    [InlineData("long", WebSocketMessageType.Text, 1009)]
    public async Task A_wrong_message_ends_its_socket_and_nothing_else(string message, WebSocketMessageType type, int expected)
    {
        await using RunningService service = await RunningService.Start(_folder);
        var (alone, other) = (new Alone(1), new Alone(2));
        using ClientSocket socket = await service.Connect("a");
        using ClientSocket second = await service.Connect("b");
        await alone.Talk(socket);
        await other.Talk(second);

        await socket.Write(Encoding.ASCII.GetBytes(message == "long" ? $"[1, 2, 3{new string(' ', Message.Longest)}]" : message), type);

        Assert.Equal(expected, await socket.Closed());
        await other.Talk(second);
        using ClientSocket again = await Retry(service, "a");
        await alone.Talk(again);
    }

    [Fact]
    public async Task Readings_that_are_no_numbers_are_refused()
    {
        await using RunningService service = await RunningService.Start(_folder);
        using ClientSocket socket = await service.Connect("a");

        await socket.Write([.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(float.NaN), .. BitConverter.GetBytes(3f)], WebSocketMessageType.Binary);

        Assert.Equal(1007, await socket.Closed());
        foreach (string body in (string[])["[1, 2]", "[1, 2, 1e99]", "[1, 2", "{}", ""])
        {
            HttpResponseMessage response = await service.Client.PostAsync("streams/a", new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact]
    public async Task A_stream_has_one_sender()
    {
        await using RunningService service = await RunningService.Start(_folder);
        var alone = new Alone(1);
        using ClientSocket socket = await service.Connect("a");
        await alone.Talk(socket);

        using ClientSocket second = await service.Connect("a");
        HttpResponseMessage request = await service.Client.PostAsJsonAsync("streams/a", alone.Read());

        Assert.Equal((false, HttpStatusCode.Conflict, HttpStatusCode.Conflict), (second.IsOpen, second.Status, request.StatusCode));
        using ClientSocket other = await service.Connect("b");
        await new Alone(2).Talk(other);
        await socket.Close();
        using ClientSocket third = await Retry(service, "a");
        Assert.Equal(alone.Step([1, 2, 3]), await third.Send([1, 2, 3]));
    }

    [Fact]
    public async Task A_stream_that_has_ended_begins_anew()
    {
        await using RunningService service = await RunningService.Start(_folder);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.DeleteAsync("streams/a")).StatusCode);
        for (int k = 0; k < 2; k++)
        {
            var alone = new Alone(1);
            using (ClientSocket socket = await Retry(service, "a"))
            {
                await alone.Talk(socket);
                await socket.Close();
            }

            Assert.Equal(HttpStatusCode.NoContent, (await service.Client.DeleteAsync("streams/a")).StatusCode);
        }

        Assert.Equal(0, service.Streams.Count);
    }

    [Fact]
    public async Task Ten_times_as_many_clients_as_there_is_room_for_are_refused_clearly()
    {
        await using RunningService service = await RunningService.Start(_folder, "--Service:Capacity=5");

        ClientSocket[] sockets = await Task.WhenAll(Enumerable.Range(0, 50).Select(k => service.Connect($"pump-{k}")));

        ClientSocket[] open = [.. sockets.Where(socket => socket.IsOpen)];
        Assert.Equal(5, open.Length);
        Assert.All(sockets.Except(open), socket => Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (socket.Status, socket.Header("Retry-After"))));
        await Task.WhenAll(open.Select((socket, k) => new Alone(k).Talk(socket)));
        HttpResponseMessage request = await service.Client.PostAsJsonAsync("streams/other", (float[])[1, 2, 3]);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (request.StatusCode, request.Headers.RetryAfter?.ToString()));
        Array.ForEach(sockets, socket => socket.Dispose());
    }

    [Fact]
    public async Task A_client_that_disappears_can_come_back()
    {
        await using RunningService service = await RunningService.Start(_folder, "--Service:Capacity=1");
        var alone = new Alone(1);
        ClientSocket socket = await service.Connect("a");
        await alone.Talk(socket);
        socket.Dispose();

        // Before the limit, its place is its own; after it, another stream can have it.
        using (ClientSocket again = await Retry(service, "a"))
        {
            await alone.Talk(again);
        }

        Assert.Equal((1, 0), service.Streams.Tidy(TimeSpan.Zero, TimeSpan.FromDays(1)));
        using (ClientSocket other = await Retry(service, "b"))
        {
            await new Alone(2).Talk(other);
        }

        Assert.Equal((1, 0), service.Streams.Tidy(TimeSpan.Zero, TimeSpan.FromDays(1)));
        Assert.Equal((0, 2), (service.Streams.Count, service.Streams.Resting));
        using ClientSocket last = await Retry(service, "a");
        await alone.Talk(last);

        // Also while it is connected.
        Assert.Equal((1, 1), service.Streams.Tidy(TimeSpan.Zero, TimeSpan.Zero));
        await alone.Talk(last);
        Assert.Equal((1, 0), (service.Streams.Count, service.Streams.Resting));
    }

    [Fact]
    public async Task Without_room_to_rest_streams_stay_live()
    {
        await using RunningService service = await RunningService.Start(_folder, "--Service:RestingCapacity=1");
        var alone = (Alone[])[new(1), new(2)];
        using ClientSocket first = await service.Connect("a");
        using ClientSocket second = await service.Connect("b");
        await alone[0].Talk(first);
        await alone[1].Talk(second);

        Assert.Throws<RnnGen.Serving.StreamException>(() => service.Streams.Tidy(TimeSpan.Zero, TimeSpan.FromDays(1)));

        Assert.Equal((1, 1), (service.Streams.Count, service.Streams.Resting));
        await alone[0].Talk(first);
        await alone[1].Talk(second);
    }

    /// <summary>Connects when the service has noticed that the one before has left.</summary>
    private static async Task<ClientSocket> Retry(RunningService service, string key)
    {
        while (true)
        {
            ClientSocket socket = await service.Connect(key);
            if (socket.IsOpen)
            {
                return socket;
            }

            Assert.Contains(socket.Status, (HttpStatusCode[])[HttpStatusCode.Conflict, HttpStatusCode.ServiceUnavailable]);
            socket.Dispose();
            await Task.Delay(10);
        }
    }
}
