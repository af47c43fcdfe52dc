using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace RnnGen.Tests.Service;

/// <summary>The service itself, on a free port of the loopback interface.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningService(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public Streams Streams => _app.Services.GetRequiredService<Streams>();

    public Keeper Keeper => _app.Services.GetRequiredService<Keeper>();

    /// <summary>Starts it in a folder, with the trained detector unless the folder has another one.</summary>
    public static async Task<RunningService> Start(TemporaryFolder folder, params string[] settings)
    {
        if (!File.Exists(folder.Weights))
        {
            Trained.Detector.Save(folder.Weights);
        }

        WebApplication app = DetectorService.Create(["--urls=http://127.0.0.1:0", $"--Service:Folder={folder.Path}", "--Logging:LogLevel:Default=Error", .. settings]);
        await app.StartAsync();
        return new RunningService(app);
    }

    public async Task<ClientSocket> Connect(string key, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new Uri($"ws://{Client.BaseAddress!.Authority}/streams/{key}"), default);
        }
        catch (WebSocketException)
        {
            // The status tells.
        }

        return new ClientSocket(socket);
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>A folder for weights and snapshots.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rnngen-service-").FullName;

    public string Weights => System.IO.Path.Combine(Path, "detector.safetensors");

    public string Snapshot => System.IO.Path.Combine(Path, "streams.bin");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
