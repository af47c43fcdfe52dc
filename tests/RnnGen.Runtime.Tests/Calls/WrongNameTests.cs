using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

/// <summary>Layers, parameters and states by name.</summary>
public class WrongNameTests
{
    [Fact]
    public void A_parameter_that_the_layer_does_not_have()
    {
        var model = new TokenRnn(seed: 1);

        var e = Assert.Throws<ArgumentException>(() => model.Hidden["weight_hh"]);

        Assert.Contains("'weight_hh'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'weight_hh_l0'", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => model.Hidden[null!]);
    }

    [Fact]
    public void A_state_that_the_model_does_not_have()
    {
        ShortLstm.State state = new ShortLstm(seed: 1).CreateState();

        var e = Assert.Throws<ArgumentException>(() => state["Lstm.x"].Length);

        Assert.Contains("'Lstm.x'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'Lstm.c'", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => state[null!].Length);
    }

    [Fact]
    public void A_state_of_a_model_without_states() =>
        Assert.Contains("it has none", Assert.Throws<ArgumentException>(() => new Plain(seed: 1).CreateState()["h"].Length).Message, StringComparison.Ordinal);

    [Fact]
    public void A_state_is_not_copied_from_another_kind_of_model()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(ShortLstm));
        State other = ModelsUnderTest.Create(nameof(GruStack)).RunningState();

        var e = Refused.Call<ArgumentException>(subject, (s, _, _) => s.CopyFrom(other));

        Assert.Contains(nameof(ShortLstm), e.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(GruStack), e.Message, StringComparison.Ordinal);
        Refused.Call<ArgumentNullException>(subject, (s, _, _) => s.CopyFrom(null!));
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_parameter_is_written_and_read_in_its_own_length_only(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach ((_, Parameter parameter) in subject.Parameters)
        {
            foreach (int length in (int[])[0, parameter.Count - 1, parameter.Count + 1])
            {
                Refused.Names(Refused.Call<ArgumentException>(subject, (_, _, _) => parameter.CopyFrom(new float[length])), "rowMajor", parameter.Count, length);
                Refused.Names(Refused.Call<ArgumentException>(subject, (_, y, _) => parameter.CopyTo(y.Span), length), "rowMajor", parameter.Count, length);
                Refused.Names(
                    Refused.Call<ArgumentException>(subject, (_, y, tape) => tape.CopyGradient(parameter, y.Span), length), "rowMajor", parameter.Count, length);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_tape_has_gradients_of_its_model_only(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Parameter foreign = subject.Clone().Parameters.First().Parameter;

        Refused.Names(Refused.Call<ArgumentException>(subject, (_, y, tape) => tape.CopyGradient(foreign, y.Span), foreign.Count), "parameter");
        Refused.Names(Refused.Call<ArgumentNullException>(subject, (_, y, tape) => tape.CopyGradient(null!, y.Span), foreign.Count), "parameter");
    }
}
