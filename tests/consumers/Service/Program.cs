using Models;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(new Sensor(seed: 1));
WebApplication app = builder.Build();

app.MapGet("/next", (float reading, Sensor sensor) =>
{
    var next = new float[Sensor.OutputSize];
    sensor.Step(sensor.CreateState(), [reading], next);
    return next[0].ToString("F5");
});

app.Run("http://127.0.0.1:0");
