using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.TestingHost;
using RnnGen.Orleans;

namespace RnnGen.Tests.Clusters;

[Collection(nameof(ClusterFixture))]
public class PublishTests(ClusterFixture fixture)
{
    [Fact]
    public async Task All_silos_have_the_weights_and_streams_go_over_between_two_steps()
    {
        string[] keys = [.. Enumerable.Range(0, 30).Select(index => $"published {index}")];
        Alone[] each = [.. keys.Select(key => new Alone(key))];
        var second = new Sensor(seed: 2);
        var third = new Sensor(seed: 3);
        await Step(1, 1);

        Assert.Equal(2, await fixture.Client.PublishRnnModelAsync("Published", second));
        Assert.All(fixture.Cluster.GetActiveSilos(), silo => Assert.Equal(2, VersionOf(silo)));
        await Step(2, 2, second);
        Assert.Equal(2, await fixture.Client.PublishRnnModelAsync("Published", second));

        // What does not fit, or cannot be stored, changes nothing.
        Assert.Equal(RnnStreamError.Weights, (await StreamTests.Refused(() => fixture.Client.PublishRnnModelAsync("Published", new Other(seed: 1)))).Error);
        fixture.Storage.Fail("Published", Fault.Gone, times: 1);
        Assert.Equal(RnnStreamError.Storage, (await StreamTests.Refused(() => fixture.Client.PublishRnnModelAsync("Published", third))).Error);
        await Step(3, 2, second);
        Assert.Equal(RnnStreamError.UnknownModel, (await StreamTests.Refused(() => fixture.Client.PublishRnnModelAsync("Nothing", third))).Error);

        // A silo that joins has the weights before its first step; one that leaves takes nothing with it.
        InProcessSiloHandle joined = await fixture.Cluster.StartAdditionalSiloAsync();
        Assert.Equal(3, await fixture.Client.PublishRnnModelAsync("Published", third));
        Assert.Equal(3, VersionOf(joined));
        await Step(4, 3, third);
        InProcessSiloHandle late = await fixture.Cluster.StartAdditionalSiloAsync();
        const string Key = "published late";
        var alone = new Alone(Key);
        IServiceProvider services = fixture.Cluster.GetSiloServiceProvider(late.SiloAddress);
        await services.GetRequiredService<StreamModels>().Require("Published").Fetch(1, services.GetRequiredService<IGrainFactory>());
        Assert.Equal(alone.Step(third), (await fixture.Stream("Published", Key).Step(1, Sensor.InputsOf(Key, 1))).Outputs);
        Assert.Equal(3, VersionOf(late));
        await fixture.Cluster.StopSiloAsync(late);
        await fixture.Cluster.StopSiloAsync(joined);
        Assert.Equal(alone.Step(third), (await fixture.Client.GetRnnStream<float>("Published", Key).StepAsync(Sensor.InputsOf(Key, 2))).Outputs);

        async Task Step(long number, int version, Sensor? model = null) => await Task.WhenAll(keys.Select(async (key, index) =>
        {
            StreamAnswer answer = await fixture.Stream("Published", key).Step(number, Sensor.InputsOf(key, number));
            Assert.Equal(each[index].Step(model), answer.Outputs);
            Assert.Equal(version, answer.Version);
        }));
    }

    private int VersionOf(InProcessSiloHandle silo) =>
        fixture.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<StreamModels>().Require("Published").Version;
}
