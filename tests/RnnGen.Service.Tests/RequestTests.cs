using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace RnnGen.Tests.Service;

/// <summary>Who may call, and what is no stream.</summary>
public sealed class RequestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.SwitchingProtocols)]
    [InlineData("https://pumps.example", HttpStatusCode.SwitchingProtocols)]
    public async Task Pages_of_other_origins_may_not_call(string origin, HttpStatusCode expected)
    {
        await using RunningService service = await RunningService.Start(_folder, "--Service:Origins:0=https://pumps.example");
        origin = origin == "own" ? service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin;

        using ClientSocket socket = await service.Connect("a", origin);
        using var request = new HttpRequestMessage(HttpMethod.Put, "weights") { Content = new ByteArrayContent(File.ReadAllBytes(_folder.Weights)) };
        request.Headers.Add("Origin", origin);
        HttpResponseMessage response = await service.Client.SendAsync(request);

        Assert.Equal(expected, socket.Status);
        Assert.Equal(expected == HttpStatusCode.Forbidden ? expected : HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Another_name_of_the_machine_is_refused()
    {
        await using RunningService service = await RunningService.Start(_folder);
        using var request = new HttpRequestMessage(HttpMethod.Get, "status") { Headers = { Host = "elsewhere.example" } };

        Assert.Equal(HttpStatusCode.BadRequest, (await service.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("a%2Fb")]
    [InlineData("a%20b")]
    [InlineData("%C3%A4")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Keys_are_bounded(string key)
    {
        await using RunningService service = await RunningService.Start(_folder);

        using ClientSocket socket = await service.Connect(key);

        Assert.Equal(HttpStatusCode.BadRequest, socket.Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Client.PostAsJsonAsync($"streams/{key}", (float[])[1, 2, 3])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Client.GetAsync($"streams/{key}/events")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Client.DeleteAsync($"streams/{key}")).StatusCode);
    }

    [Fact]
    public async Task A_window_gets_what_the_model_computes()
    {
        await using RunningService service = await RunningService.Start(_folder);
        var alone = new Alone(1);
        float[][] readings = [.. Enumerable.Range(0, Detector.SequenceLength).Select(_ => alone.Read())];

        HttpResponseMessage response = await service.Client.PostAsJsonAsync("windows", new { readings });

        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(readings.Select(reading => alone.Step(reading).Score), answer.GetProperty("scores").EnumerateArray().Select(score => score.GetSingle()));
        Assert.Equal((1, false), (answer.GetProperty("version").GetInt32(), answer.GetProperty("alarm").GetBoolean()));
        Assert.Equal(0, service.Streams.Count);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("{\"readings\":[]}", HttpStatusCode.BadRequest)]
    [InlineData("{\"readings\":[[1,2,3],[1,2]]}", HttpStatusCode.BadRequest)]
    [InlineData("{\"readings\":[[1,2,3],null]}", HttpStatusCode.BadRequest)]
    [InlineData("{\"readings\":[[1,2,1e99]]}", HttpStatusCode.BadRequest)]
    [InlineData("many", HttpStatusCode.BadRequest)]
    [InlineData("long", HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_wrong_window_is_refused(string body, HttpStatusCode expected)
    {
        await using RunningService service = await RunningService.Start(_folder);
        body = body switch
        {
            "many" => $"{{\"readings\":[{string.Join(',', Enumerable.Repeat("[1,2,3]", Detector.SequenceLength + 1))}]}}",
            "long" => new string(' ', 100_000),
            _ => body,
        };

        HttpResponseMessage response = await service.Client.PostAsync("windows", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal((expected, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public void The_pages_describe_it_with_every_setting()
    {
        string root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));
        string page = File.ReadAllText(Path.Combine(root, "docs", "service.md"));

        Assert.All(typeof(ServiceOptions).GetProperties(), setting => Assert.Contains($"`{setting.Name}`", page, StringComparison.Ordinal));
        Assert.Contains("[Service](Service)", File.ReadAllText(Path.Combine(root, "samples", "README.md")), StringComparison.Ordinal);
        Assert.Contains("(samples/Service)", File.ReadAllText(Path.Combine(root, "README.md")), StringComparison.Ordinal);
    }

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string here = "") => here;
}
