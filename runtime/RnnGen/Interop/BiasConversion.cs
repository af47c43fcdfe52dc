namespace RnnGen.Interop;

/// <summary>The biases of one level and direction of a layer against those of another library: two, both in one array, their sum, or none.</summary>
/// <param name="part">The level and direction.</param>
/// <param name="layout">The layout.</param>
/// <param name="order">The order of its gates.</param>
internal sealed class BiasConversion(RecurrentPart part, WeightLayout layout, GateOrder order)
{
    private GateArrays Vectors => new(order, part.Gates.Count, part.Units, columns: 1, transposed: false);

    /// <summary>Whether the biases of the candidate cannot be added, because the reset gate multiplies one of them.</summary>
    private bool KeepsTwo => part.IsGru && layout.ResetAfter;

    /// <summary>The form of an export.</summary>
    private BiasForm Form => layout.Biases == BiasForm.None ? BiasForm.None
        : part.StateBias is null ? BiasForm.One
        : layout.Biases != BiasForm.AsNeeded ? layout.Biases
        : KeepsTwo ? BiasForm.Stacked
        : BiasForm.One;

    /// <summary>The number of arrays that a library with this layout has for the layer.</summary>
    public (int Input, int State) ArrayCounts => (part.InputBias is null ? BiasForm.None : Form) switch
    {
        BiasForm.None => (0, 0),
        BiasForm.Two => (order.Arrays.Count, order.Arrays.Count),
        BiasForm.Stacked when order.Arrays.Count > 1 => (2 * order.Arrays.Count, 0),
        _ => (order.Arrays.Count, 0),
    };

    /// <summary>Reads biases.</summary>
    /// <param name="weights">Has them.</param>
    /// <returns>Both in the order of the layer; zero where there is none.</returns>
    public (float[] Input, float[] State) Read(RecurrentWeights weights)
    {
        (IReadOnlyList<WeightTensor> first, IReadOnlyList<WeightTensor> second) = (weights.InputBias, weights.StateBias);
        string what = $"{nameof(weights.InputBias)} of {part.Text}";
        int both = 2 * order.Gates.Count * part.Units;
        if (second.Count == 0 && first.Sum(array => (long)array.Values.Length) == both)
        {
            (first, second) = Halves(first);
        }
        else if (first.Count > 0 && second.Count == 0 && layout.Biases == BiasForm.AsNeeded && KeepsTwo)
        {
            throw new ArgumentException(
                $"{what}: expected [2, {both / 2}], because the reset gate acts after the product, found {Shapes.Text(first)}. With one bias it acts before it: use the layout with ResetAfter = false.", nameof(weights));
        }

        float[] input = ReadBias(first, what);
        float[] state = ReadBias(second, $"{nameof(weights.StateBias)} of {part.Text}");
        part.Add("f", input, layout.ForgetBias);
        return (Kept(part.InputBias, input, what), Kept(part.StateBias, state, what));

        float[] ReadBias(IReadOnlyList<WeightTensor> arrays, string name)
        {
            if (arrays.Count == 0)
            {
                return Zero();
            }

            float[] values = Vectors.Read(arrays, name);
            if (layout.InvertedUpdate)
            {
                part.Negate("z", values);
            }

            return values;
        }

        float[] Kept(Parameter? parameter, float[] values, string name) => parameter is not null || RecurrentPart.AreZero(values)
            ? values
            : throw new ArgumentException($"{name}: expected none or zeros, because the layer has no such bias (Bias = false), found other values.", nameof(weights));
    }

    /// <summary>Writes biases, as many as the layout has.</summary>
    public (WeightTensor[] Input, WeightTensor[] State) Write()
    {
        float[] input = RecurrentPart.ValuesOf(part.InputBias) ?? Zero();
        float[] state = RecurrentPart.ValuesOf(part.StateBias) ?? Zero();
        if (layout.InvertedUpdate)
        {
            part.Negate("z", input);
            part.Negate("z", state);
        }

        part.Add("f", input, -layout.ForgetBias);
        if (part.InputBias is null && RecurrentPart.AreZero(input))
        {
            return ([], []);
        }

        switch (Form)
        {
            case BiasForm.Two:
                return (Vectors.Write(input), Vectors.Write(state));
            case BiasForm.Stacked:
                WeightTensor[] both = [.. Vectors.Write(input), .. Vectors.Write(state)];
                return (both is [WeightTensor first, WeightTensor second] ? [Stack(first, second)] : both, []);
            case BiasForm.One:
                return (Vectors.Write(Sum(input, state)), []);
            default:
                return RecurrentPart.AreZero(input) && RecurrentPart.AreZero(state)
                    ? ([], [])
                    : throw new ArgumentException($"The layout has no bias, but {part.Text} has some that are not 0.", "layout");
        }
    }

    private static (IReadOnlyList<WeightTensor> First, IReadOnlyList<WeightTensor> Second) Halves(IReadOnlyList<WeightTensor> both)
    {
        if (both is not [WeightTensor stacked])
        {
            return ([.. both.Take(both.Count / 2)], [.. both.Skip(both.Count / 2)]);
        }

        int half = stacked.Values.Length / 2;
        return ([new WeightTensor(stacked.Values[..half])], [new WeightTensor(stacked.Values[half..])]);
    }

    private WeightTensor Stack(WeightTensor first, WeightTensor second)
    {
        float[] values = [.. first.Values.Span, .. second.Values.Span];
        return layout.Biases == BiasForm.Stacked ? values : new WeightTensor(values, 2, first.Values.Length);
    }

    private float[] Sum(float[] input, float[] state)
    {
        var sum = new float[input.Length];
        int candidate = KeepsTwo ? part.Gates.ToList().IndexOf("n") * part.Units : sum.Length;
        for (int k = 0; k < sum.Length; k++)
        {
            if (k >= candidate && k < candidate + part.Units && state[k] != 0)
            {
                throw new ArgumentException(
                    $"The layout has one bias, but {part.Text} has two for its candidate, of which the reset gate multiplies one: use the layout with Biases = BiasForm.Two or Stacked.", "layout");
            }

            // Bit by bit, unless something must be added: -0 + 0 would be 0.
            sum[k] = state[k] == 0 ? input[k] : input[k] + state[k];
        }

        return sum;
    }

    private float[] Zero() => new float[part.Gates.Count * part.Units];
}
