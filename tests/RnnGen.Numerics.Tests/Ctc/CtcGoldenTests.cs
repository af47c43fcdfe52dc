using RnnGen.Numerics.Tests.Goldens;

namespace RnnGen.Numerics.Tests.Ctc;

/// <summary>Losses and gradients against PyTorch's ctc_loss: heads/make_ctc_goldens.py.</summary>
public sealed class CtcGoldenTests
{
    private const int Samples = 64;

    private static GoldenFile File => new("ctc_cases.safetensors", "heads");

    [Fact]
    public void Random_labels()
    {
        GoldenFile file = File;
        float[] logits = file.Floats("logits");
        int[] labels = file.Integers("labels");
        double[] losses = file.Doubles("losses");
        double[] gradients = file.Doubles("gradients");
        int[][] shapes = [.. file.Integers("shapes").Chunk(5)];
        Assert.Equal(200, shapes.Length);
        int place = 0;
        int label = 0;
        for (int k = 0; k < shapes.Length; k++)
        {
            int[] shape = shapes[k];
            int count = shape[0] * shape[1];
            double[] expected = gradients[place..(place + count)];
            var pass = new CtcPass(
                logits[place..(place + count)], labels[label..(label + shape[2])], shape[1], (CtcBlank)shape[3], (CtcReduction)shape[4]);

            Assert.Equal(losses[k], pass.Trained.LossSum, 1e-5 * Math.Max(losses[k], 1e-3));
            Assert.Equal(losses[k], pass.Scored.LossSum, 1e-5 * Math.Max(losses[k], 1e-3));
            Compare.Gradient(expected, pass.Gradients, 1, $"gradient {k}", Math.Max(1e-6, expected.Max(Math.Abs)));
            place += count;
            label += shape[2];
        }

        Assert.Equal((logits.Length, labels.Length), (place, label));
    }

    /// <summary>Windows of 1 and 2,000 steps, 1 and 500 labels.</summary>
    [Fact]
    public void Limits()
    {
        GoldenFile file = File;
        int[][] limits = [.. file.Integers("limits").Chunk(4)];
        double[] losses = file.Doubles("limit_losses");
        double[][] gradients = [.. file.Doubles("limit_gradients").Chunk(Samples + 1)];
        for (int k = 0; k < limits.Length; k++)
        {
            (int steps, int outputs, int count, bool isLast) = (limits[k][0], limits[k][1], limits[k][2], limits[k][3] > 0);
            float[] logits = [.. from t in Enumerable.Range(0, steps) from j in Enumerable.Range(0, outputs) select (float)(3 * Math.Sin((0.37 * t) + (1.3 * j * j)))];
            int[] labels = [.. Enumerable.Range(0, count).Select(i => (((7 * (i - (i % 3 == 2 ? 1 : 0))) + 3) % (outputs - 1)) + (isLast ? 0 : 1))];

            var pass = new CtcPass(logits, labels, outputs, isLast ? CtcBlank.Last : CtcBlank.First);

            Compare.Relative(losses[k], pass.Trained.LossSum, 1e-5, $"loss {k}");
            Compare.Relative(losses[k], pass.Scored.LossSum, 1e-5, $"scored loss {k}");
            float[] some = [.. Enumerable.Range(0, Samples).Select(s => pass.Gradients[s * 7919 % logits.Length])];
            Compare.Gradient(gradients[k][..Samples], some, 1, $"gradient {k}", gradients[k][Samples]);
        }
    }
}
