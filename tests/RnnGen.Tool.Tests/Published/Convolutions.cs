namespace RnnGen.Tool.Tests.Published;

/// <summary>What stands in front of the recurrent part of two networks, as a caller writes it.</summary>
internal static class Convolutions
{
    /// <summary>kws_CRNN_S: kernel [10 frames, 4 coefficients, 1, 48 channels], steps of 2 and 2, ReLU. A frame becomes [4 places, 48 channels].</summary>
    public static float[] Keywords(TensorFile file, FileTensor features)
    {
        const int Frames = 49, Coefficients = 10, Channels = 48;
        ReadOnlyMemory<float> kernel = file.Find("W")!.Values;
        ReadOnlyMemory<float> bias = file.Find("Variable")!.Values;
        ReadOnlyMemory<float> x = features.Values;
        return
        [
            .. from word in Enumerable.Range(0, features.Shape[0])
               from frame in Enumerable.Range(0, 20)
               from place in Enumerable.Range(0, 4)
               from channel in Enumerable.Range(0, Channels)
               select Math.Max(0, bias.Span[channel] + (from k in Enumerable.Range(0, 40)
                                                        let step = k / 4
                                                        let coefficient = k % 4
                                                        select kernel.Span[(k * Channels) + channel] * x.Span[(((word * Frames) + (2 * frame) + step) * Coefficients) + (2 * place) + coefficient]).Sum()),
        ];
    }

    /// <summary>rtneural_full_model: dense 1 -> 8, tanh, a causal convolution 8 -> 4 over the steps t - 4, t - 2 and t, tanh.</summary>
    public static float[] Sound(TensorFile file, FileTensor x)
    {
        float[][] weights = [.. file.Tensors.Take(4).Select(tensor => tensor.Values.ToArray())];
        float[][] dense = [.. x.Values.ToArray().Select(sample => weights[0].Zip(weights[1], (weight, bias) => MathF.Tanh((weight * sample) + bias)).ToArray())];
        return
        [
            .. from step in Enumerable.Range(0, dense.Length)
               from channel in Enumerable.Range(0, 4)
               select MathF.Tanh(weights[3][channel] + (from tap in Enumerable.Range(0, 3)
                                                        let source = step - (2 * (2 - tap))
                                                        where source >= 0
                                                        from k in Enumerable.Range(0, 8)
                                                        select weights[2][(((tap * 8) + k) * 4) + channel] * dense[source][k]).Sum()),
        ];
    }
}
