using RnnGen.Orleans;

namespace RnnGen.Tests.Clusters;

[Collection(nameof(ClusterFixture))]
public class PersistenceTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Every_third_step_is_stored()
    {
        const string Key = "third";
        IRnnStreamGrain<float> stream = fixture.Stream("Third", Key);
        for (long number = 1; number <= 8; number++)
        {
            StreamAnswer answer = await stream.Step(number, Sensor.InputsOf(Key, number));
            Assert.Equal(number / 3 * 3, answer.Stored);
            Assert.Equal(answer.Stored, fixture.Storage.Record($"Third/{Key}")?.Number ?? 0);
        }

        await fixture.Deactivate("Third", Key);
        Assert.Equal(8, fixture.Storage.Record($"Third/{Key}")!.Number);
        Assert.Equal((8, 8), await PositionOf(stream));
    }

    [Fact]
    public async Task A_stream_is_stored_when_it_is_deactivated()
    {
        const string Key = "idle";
        IRnnStreamGrain<float> stream = fixture.Stream("Idle", Key);
        var alone = new Alone(Key);
        for (long number = 1; number <= 5; number++)
        {
            Assert.Equal(alone.Step(), (await stream.Step(number, Sensor.InputsOf(Key, number))).Outputs);
        }

        Assert.Null(fixture.Storage.Record($"Idle/{Key}"));
        Assert.Equal((5, 0), await PositionOf(stream));
        await fixture.Deactivate("Idle", Key);
        Assert.Equal(5, fixture.Storage.Record($"Idle/{Key}")!.Number);
        Assert.Equal(alone.Step(), (await stream.Step(6, Sensor.InputsOf(Key, 6))).Outputs);
    }

    [Fact]
    public async Task A_stream_without_further_steps_is_stored_in_time()
    {
        const string Key = "timed";
        IRnnStreamGrain<float> stream = fixture.Stream("Timed", Key);
        fixture.Storage.Fail($"Timed/{Key}", Fault.AnswerLost, times: 0);

        Assert.Equal(0, (await stream.Step(1, Sensor.InputsOf(Key, 1))).Stored);
        await Until(() => fixture.Storage.Record($"Timed/{Key}")?.Number == 1);

        // Also if the storage fails at first.
        fixture.Storage.Fail($"Timed/{Key}", Fault.Gone, times: 1);
        await stream.Step(2, Sensor.InputsOf(Key, 2));
        await Until(() => fixture.Storage.Record($"Timed/{Key}")?.Number == 2);
        Assert.Equal((2, 2), await PositionOf(stream));
    }

    [Theory]
    [InlineData(Fault.Gone, 1)]
    [InlineData(Fault.AnswerLost, 2)]
    internal async Task A_step_that_cannot_be_stored_is_not_answered_and_can_be_repeated(Fault fault, int stored)
    {
        string key = $"not stored {fault}";
        string name = $"Sensor/{key}";
        IRnnStreamGrain<float> stream = fixture.Stream("Sensor", key);
        var alone = new Alone(key);
        Assert.Equal(alone.Step(), (await stream.Step(1, Sensor.InputsOf(key, 1))).Outputs);

        fixture.Storage.Fail(name, fault, times: 1);
        Assert.Equal(RnnStreamError.Storage, (await StreamTests.Refused(() => stream.Step(2, Sensor.InputsOf(key, 2)))).Error);
        Assert.Equal(stored, fixture.Storage.Record(name)!.Number);

        // Other inputs are refused if the step was taken.
        if (fault == Fault.AnswerLost)
        {
            Assert.Equal(RnnStreamError.Conflict, (await StreamTests.Refused(() => stream.Step(2, [9, 9]))).Error);
        }

        Assert.Equal(alone.Step(), (await stream.Step(2, Sensor.InputsOf(key, 2))).Outputs);
        Assert.Equal(alone.Step(), (await stream.Step(3, Sensor.InputsOf(key, 3))).Outputs);
        Assert.Equal(3, fixture.Storage.Writes[name]);
    }

    [Fact]
    public async Task While_the_storage_is_gone_a_stream_does_not_go_on_without_it()
    {
        const string Key = "gone";
        IRnnStreamGrain<float> stream = fixture.Stream("Third", Key);
        var alone = new Alone(Key);
        fixture.Storage.Fail($"Third/{Key}", Fault.Gone);
        Assert.Equal(RnnStreamError.Storage, (await StreamTests.Refused(() => stream.Step(1, Sensor.InputsOf(Key, 1)))).Error);
        fixture.Storage.Fail($"Third/{Key}", Fault.None);
        Assert.Equal(alone.Step(), (await stream.Step(1, Sensor.InputsOf(Key, 1))).Outputs);
        Assert.Equal(alone.Step(), (await stream.Step(2, Sensor.InputsOf(Key, 2))).Outputs);

        // The third one must be stored; the two before it were answered, and stay.
        fixture.Storage.Fail($"Third/{Key}", Fault.Gone);
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal(RnnStreamError.Storage, (await StreamTests.Refused(() => stream.Step(3, Sensor.InputsOf(Key, 3)))).Error);
        }

        fixture.Storage.Fail($"Third/{Key}", Fault.None);
        Assert.Equal((2, 0), await PositionOf(stream));
        Assert.Equal(alone.Step(), (await stream.Step(3, Sensor.InputsOf(Key, 3))).Outputs);
    }

    [Fact]
    public async Task What_another_activation_has_stored_counts()
    {
        const string Key = "twice";
        IRnnStreamGrain<float> stream = fixture.Stream("Sensor", Key);
        var alone = new Alone(Key);
        await stream.Step(1, Sensor.InputsOf(Key, 1));
        StreamRecord first = fixture.Storage.Record($"Sensor/{Key}")!;
        alone.Step();
        float[] second = alone.Step();
        await fixture.Stream("Sensor", "twice, copy").Step(1, Sensor.InputsOf(Key, 1));
        await fixture.Stream("Sensor", "twice, copy").Step(2, Sensor.InputsOf(Key, 2));
        fixture.Storage.Put($"Sensor/{Key}", fixture.Storage.Record("Sensor/twice, copy")!.ToBytes());

        Assert.Equal(RnnStreamError.Storage, (await StreamTests.Refused(() => stream.Step(2, Sensor.InputsOf(Key, 2)))).Error);
        Assert.Equal(second, (await stream.Step(2, Sensor.InputsOf(Key, 2))).Outputs);
        Assert.Equal(alone.Step(), (await stream.Step(3, Sensor.InputsOf(Key, 3))).Outputs);
        Assert.Equal(1, first.Number);
    }

    private static async Task<(long Number, long Stored)> PositionOf(IRnnStreamGrain<float> stream) => await stream.GetPosition() is var position ? (position.Number, position.Stored) : default;

    private static async Task Until(Func<bool> condition)
    {
        for (int k = 0; !condition(); k++)
        {
            Assert.True(k < 1000, "It does not happen.");
            await Task.Delay(20);
        }
    }
}
