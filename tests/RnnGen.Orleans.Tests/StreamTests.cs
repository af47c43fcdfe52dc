using RnnGen.Orleans;

namespace RnnGen.Tests.Clusters;

[Collection(nameof(ClusterFixture))]
public class StreamTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Streams_compute_what_they_compute_alone()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async index =>
        {
            string key = $"alone {index}";
            IRnnStreamGrain<float> stream = fixture.Stream("Sensor", key);
            var alone = new Alone(key);
            for (long number = 1; number <= 5; number++)
            {
                StreamAnswer answer = await stream.Step(number, Sensor.InputsOf(key, number));
                Assert.Equal(alone.Step(), answer.Outputs);
                Assert.Equal((number, number, 1), (answer.Number, answer.Stored, answer.Version));
            }
        }));
    }

    [Fact]
    public async Task Tokens_are_inputs_too()
    {
        var model = new Letters(seed: 1);
        var outputs = new float[Letters.OutputSize];
        IRnnStreamGrain<int> stream = fixture.Client.GetRnnStreamGrain<int>("Letters", "tokens");
        model.Step(model.CreateState(), 3, outputs);

        Assert.Equal(outputs, (await stream.Step(1, [3])).Outputs);
        Assert.Equal(RnnStreamError.Input, (await Refused(() => stream.Step(2, [7]))).Error);
        Assert.Equal(1, (await stream.GetPosition()).Number);
    }

    [Fact]
    public async Task A_repeated_step_gets_its_answer_again()
    {
        const string Key = "repeated";
        IRnnStreamGrain<float> stream = fixture.Stream("Sensor", Key);
        var alone = new Alone(Key);
        for (long number = 1; number <= 3; number++)
        {
            float[] expected = alone.Step();
            Assert.Equal(expected, (await stream.Step(number, Sensor.InputsOf(Key, number))).Outputs);
            await fixture.Deactivate("Sensor", Key);
            Assert.Equal(expected, (await stream.Step(number, Sensor.InputsOf(Key, number))).Outputs);
            Assert.Equal(expected, (await stream.Step(number, Sensor.InputsOf(Key, number))).Outputs);
        }

        Assert.Equal(3, fixture.Storage.Writes[$"Sensor/{Key}"]);
    }

    [Fact]
    public async Task A_number_that_is_not_next_is_refused()
    {
        const string Key = "numbers";
        IRnnStreamGrain<float> stream = fixture.Stream("Sensor", Key);
        foreach (long number in (long[])[-1, 0, 2])
        {
            RnnStreamException refused = await Refused(() => stream.Step(number, [1, 2]));
            Assert.Equal((number == 2 ? RnnStreamError.Gap : RnnStreamError.Old, 1), (refused.Error, refused.Expected));
        }

        await stream.Step(1, [1, 2]);
        await stream.Step(2, [3, 4]);

        RnnStreamException gap = await Refused(() => stream.Step(4, [1, 2]));
        Assert.Equal((RnnStreamError.Gap, 3), (gap.Error, gap.Expected));
        Assert.Equal("Expected step 3, found 4: the steps before it are missing.", gap.Message);
        RnnStreamException old = await Refused(() => stream.Step(1, [1, 2]));
        Assert.Equal((RnnStreamError.Old, 3), (old.Error, old.Expected));
        RnnStreamException conflict = await Refused(() => stream.Step(2, [3, 5]));
        Assert.Equal((RnnStreamError.Conflict, 3), (conflict.Error, conflict.Expected));
        Assert.Equal(2, (await stream.GetPosition()).Number);
    }

    [Fact]
    public async Task A_step_that_cannot_be_computed_changes_nothing()
    {
        const string Key = "inputs";
        IRnnStreamGrain<float> stream = fixture.Stream("Sensor", Key);
        var alone = new Alone(Key);
        Assert.Equal(alone.Step(), (await stream.Step(1, Sensor.InputsOf(Key, 1))).Outputs);

        Assert.Equal(RnnStreamError.Input, (await Refused(() => stream.Step(2, [1]))).Error);
        Assert.Equal(RnnStreamError.Input, (await Refused(() => stream.Step(2, []))).Error);
        Assert.Equal(RnnStreamError.NotFinite, (await Refused(() => stream.Step(2, [float.NaN, 1]))).Error);

        Assert.Equal(alone.Step(), (await stream.Step(2, Sensor.InputsOf(Key, 2))).Outputs);
    }

    [Fact]
    public async Task A_model_that_the_silos_do_not_have_is_refused()
    {
        Assert.Equal(RnnStreamError.UnknownModel, (await Refused(() => fixture.Stream("Nothing", "a").Step(1, [1, 2]))).Error);
        Assert.Equal(RnnStreamError.UnknownModel, (await Refused(() => fixture.Client.GetRnnStreamGrain<int>("Sensor", "a").Step(1, [1]))).Error);
        Assert.Throws<ArgumentException>("model", () => fixture.Client.GetRnnStream<float>("a/b", "c"));
        Assert.Throws<ArgumentException>("key", () => fixture.Client.GetRnnStream<float>("Sensor", ""));
    }

    [Fact]
    public async Task A_stored_state_of_another_model_is_refused_until_it_is_ended()
    {
        const string Key = "foreign";
        var other = new Other(seed: 1);
        fixture.Storage.Put($"Sensor/{Key}", new StreamRecord(7, 1, 0, [1, 2], other.CreateState().ToBytes()).ToBytes());
        IRnnStreamGrain<float> stream = fixture.Stream("Sensor", Key);

        RnnStreamException refused = await Refused(() => stream.Step(8, [1, 2]));

        Assert.Equal(RnnStreamError.Model, refused.Error);
        Assert.Contains("expected 'RnnGen.Tests.Clusters.Sensor: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(7, fixture.Storage.Record($"Sensor/{Key}")!.Number);
        await stream.End();
        Assert.Equal(new Alone(Key).Step(), (await stream.Step(1, Sensor.InputsOf(Key, 1))).Outputs);
    }

    [Fact]
    public async Task A_damaged_stream_is_refused_until_it_is_ended()
    {
        const string Key = "damaged";
        IRnnStreamGrain<float> stream = fixture.Stream("Sensor", Key);
        await stream.Step(1, [1, 2]);
        byte[] bytes = fixture.Storage.Record($"Sensor/{Key}")!.ToBytes();
        bytes[^9] ^= 1;
        fixture.Storage.Put($"Sensor/{Key}", bytes);
        await fixture.Deactivate("Sensor", Key);

        Assert.Equal(RnnStreamError.Damaged, (await Refused(() => stream.Step(2, [1, 2]))).Error);
        Assert.Equal(RnnStreamError.Damaged, (await Refused(() => stream.GetPosition())).Error);
        await stream.End();
        Assert.Equal(0, (await stream.GetPosition()).Number);
    }

    [Fact]
    public async Task An_ended_stream_begins_anew()
    {
        const string Key = "ended";
        IRnnStreamGrain<float> stream = fixture.Stream("Sensor", Key);
        await stream.Step(1, Sensor.InputsOf(Key, 1));
        await stream.Step(2, Sensor.InputsOf(Key, 2));

        await stream.End();
        await stream.End();

        Assert.Null(fixture.Storage.Record($"Sensor/{Key}"));
        Assert.Equal(RnnStreamError.Gap, (await Refused(() => stream.Step(3, [1, 2]))).Error);
        Assert.Equal(new Alone(Key).Step(), (await stream.Step(1, Sensor.InputsOf(Key, 1))).Outputs);
    }

    internal static Task<RnnStreamException> Refused<T>(Func<Task<T>> call) => Assert.ThrowsAsync<RnnStreamException>(async () => await call());
}
