using RnnGen.Testing;
using RnnGen.Tests.Batches;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Testing;

public class GradientsTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Right_gradients_pass(string name) => Gradients.Check(ModelsUnderTest.Create(name).Model);

    [Fact]
    public void So_do_those_of_batches_learned_starts_ties_heads_and_masks()
    {
        Gradients.Check(new TokenBatch(seed: 1));
        Gradients.Check(new LastBatch(seed: 1));
        Gradients.Check(new MaskedBatch(seed: 1));
        Gradients.Check(new LearnedLanesBothWays(seed: 1));
        Gradients.Check(new TiedWords(seed: 1));
        Gradients.Check(new Scaled(seed: 1));
        Gradients.Check(new Models.TwoHeads(seed: 1));
    }

    [Fact]
    public void A_models_own_loss_is_checked_on_data()
    {
        Gradients.Check(new TokenRnn(seed: 1), new Sequences<int, int>([[0, 1, 2, 3, 4, 0], [1, 1]], [[0, 3, 2, 1, -1, 0], [2, 2]]));
        Gradients.Check(new ShortLstm(seed: 1), new Sequences<float, float>([Some(24, 1)], [Some(16, 2)]));
        Gradients.Check(new Alarms(seed: 1), new Sequences<float, float>([Some(Alarms.InputSize * 2, 1)], [[.. Enumerable.Range(0, Alarms.OutputSize * 2).Select(k => k % 2)]]));
    }

    [Fact]
    public void A_wrong_gradient_is_found_with_both_values()
    {
        CheckException error = Assert.Throws<CheckException>(() => Gradients.Check(new WrongModel(new ShortLstm(seed: 1), gradients: values => values[^1] += 0.5f)));

        Assert.Matches(@"^\w+\.\w+\[\d+(, \d+)?\]: expected the gradient -?[0-9.E-]+, found -?[0-9.E-]+\.$", error.Message);
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_is_wrong() =>
        Assert.Throws<CheckException>(() => Gradients.Check(new WrongModel(new ShortLstm(seed: 1), gradients: values => values[0] = float.NaN)));

    [Fact]
    public void Data_without_windows_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Gradients.Check(new ShortLstm(seed: 1), new Sequences<float, float>([], [])));

    [Fact]
    public void The_model_is_unchanged()
    {
        var model = new ShortLstm(seed: 1);
        float[] weights = model.Parameters.ToArray();

        Gradients.Check(model);

        Assert.Equal(weights, model.Parameters.ToArray());
    }

    private static float[] Some(int count, int seed) => TestNumbers.Random(new Random(seed), count);
}
