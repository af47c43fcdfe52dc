using RnnGen.Orleans;

namespace RnnGen.Tests.Clusters;

[Collection(nameof(ClusterFixture))]
public class ClientTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Calls_that_do_not_wait_are_taken_in_their_order()
    {
        const string Key = "order";
        RnnStream<float> stream = fixture.Client.GetRnnStream<float>("Sensor", Key);
        var alone = new Alone(Key);
        var reused = new float[2];
        Task<StreamAnswer>[] steps = [.. Enumerable.Range(1, 50).Select(number =>
        {
            Sensor.InputsOf(Key, number).CopyTo(reused, 0);
            return stream.StepAsync(reused);
        })];
        foreach (StreamAnswer answer in await Task.WhenAll(steps))
        {
            Assert.Equal(alone.Step(), answer.Outputs);
        }
    }

    [Theory]
    [InlineData(Fault.Gone)]
    [InlineData(Fault.AnswerLost)]
    internal async Task Steps_are_repeated_while_the_storage_fails(Fault fault)
    {
        string key = $"repeats {fault}";
        RnnStream<float> stream = fixture.Client.GetRnnStream<float>("Sensor", key);
        var alone = new Alone(key);
        for (int number = 1; number <= 10; number++)
        {
            fixture.Storage.Fail($"Sensor/{key}", fault, times: number % 4);
            Assert.Equal(alone.Step(), (await stream.StepAsync(Sensor.InputsOf(key, number))).Outputs);
        }

        Assert.Equal(10, fixture.Storage.Writes[$"Sensor/{key}"]);
    }

    [Fact]
    public async Task After_an_error_the_same_step_can_be_taken_again()
    {
        const string Key = "patience";
        RnnStream<float> stream = fixture.Client.GetRnnStream<float>("Sensor", Key);
        stream.RetryFor = TimeSpan.FromMilliseconds(100);
        var alone = new Alone(Key);
        Assert.Equal(alone.Step(), (await stream.StepAsync(Sensor.InputsOf(Key, 1))).Outputs);

        fixture.Storage.Fail($"Sensor/{Key}", Fault.Gone);
        Task<StreamAnswer> second = stream.StepAsync(Sensor.InputsOf(Key, 2));
        Task<StreamAnswer> third = stream.StepAsync(Sensor.InputsOf(Key, 3));
        Assert.Equal(RnnStreamError.Storage, (await StreamTests.Refused(() => second)).Error);
        Assert.Equal(RnnStreamError.Storage, (await StreamTests.Refused(() => third)).Error);

        fixture.Storage.Fail($"Sensor/{Key}", Fault.None);
        Assert.Equal(alone.Step(), (await stream.StepAsync(Sensor.InputsOf(Key, 2))).Outputs);
        Assert.Equal(alone.Step(), (await stream.StepAsync(Sensor.InputsOf(Key, 3))).Outputs);
        Assert.Equal(RnnStreamError.Input, (await StreamTests.Refused(() => stream.StepAsync([1]))).Error);
    }

    [Fact]
    public async Task Answered_steps_that_a_stream_has_lost_are_taken_again()
    {
        const string Key = "lost";
        RnnStream<float> stream = fixture.Client.GetRnnStream<float>("Third", Key);
        var alone = new Alone(Key);
        for (int number = 1; number <= 20; number++)
        {
            Assert.Equal(alone.Step(), (await stream.StepAsync(Sensor.InputsOf(Key, number))).Outputs);
            if (number is 2 or 10 or 11)
            {
                fixture.Storage.Fail($"Third/{Key}", Fault.Gone);
                await fixture.Deactivate("Third", Key);
                fixture.Storage.Fail($"Third/{Key}", Fault.None);
                Assert.Equal(number / 3 * 3, (await stream.GetPositionAsync()).Number);
            }
        }

        // One that did not see them cannot.
        fixture.Storage.Fail($"Third/{Key}", Fault.Gone);
        await fixture.Deactivate("Third", Key);
        fixture.Storage.Fail($"Third/{Key}", Fault.None);
        RnnStreamException gap = await StreamTests.Refused(() => fixture.Stream("Third", Key).Step(21, Sensor.InputsOf(Key, 21)));
        Assert.Equal((RnnStreamError.Gap, 19), (gap.Error, gap.Expected));
    }

    [Fact]
    public async Task A_new_client_goes_on_and_ends()
    {
        const string Key = "goes on";
        var alone = new Alone(Key);
        Assert.Equal(alone.Step(), (await fixture.Client.GetRnnStream<float>("Sensor", Key).StepAsync(Sensor.InputsOf(Key, 1))).Outputs);
        RnnStream<float> stream = fixture.Client.GetRnnStream<float>("Sensor", Key);
        Assert.Equal(1, (await stream.GetPositionAsync()).Number);
        Assert.Equal(alone.Step(), (await stream.StepAsync(Sensor.InputsOf(Key, 2))).Outputs);

        await stream.EndAsync();

        Assert.Equal(new Alone(Key).Step(), (await stream.StepAsync(Sensor.InputsOf(Key, 1))).Outputs);
    }
}
