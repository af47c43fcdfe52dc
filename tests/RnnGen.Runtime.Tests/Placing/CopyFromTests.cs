using RnnGen.Tests.Models;

namespace RnnGen.Tests.Placing;

public sealed class CopyFromTests
{
    [Fact]
    public void A_shape_is_checked()
    {
        var model = new Sensor(seed: 1);
        Parameter weight = model.Memory["weight_ih_l0"];
        float[] values = [.. Enumerable.Range(0, 48).Select(k => (float)k)];

        weight.CopyFrom(values, [16, 3]);

        Same.Bits(values, TestNumbers.Values(weight), "values");
        foreach ((int[] shape, string says) in ((int[], string)[])[
            ([3, 16], "Expected shape [16, 3] for Memory.weight_ih_l0, found [3, 16]: the transpose"), ([48], "found [48]."), ([16, 3, 1], "found [16, 3, 1]."), ([], "found [].")])
        {
            ArgumentException e = Assert.Throws<ArgumentException>("shape", () => weight.CopyFrom(new float[48], shape));
            Assert.Contains(says, e.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>("values", () => weight.CopyFrom(new float[47], [16, 3]));
        Assert.Throws<ArgumentNullException>("shape", () => weight.CopyFrom(values, null!));
        Same.Bits(values, TestNumbers.Values(weight), "values");
    }

    [Fact]
    public void A_square_matrix_may_be_either() => new Sensor(seed: 1).Memory["bias_ih_l0"].CopyFrom(new float[16], new FileTensor("b", "F32", [16], new float[16]).Shape);
}
