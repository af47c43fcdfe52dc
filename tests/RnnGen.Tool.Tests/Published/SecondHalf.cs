using static RnnGen.Tool.Tests.Published.Differences;

namespace RnnGen.Tool.Tests.Published;

/// <summary>The second half of DTLN: features of a block times a mask for them, and a block of them again.</summary>
internal sealed record SecondHalf(DtlnEncoder Encoder, DtlnMask Mask, DtlnDecoder Decoder)
{
    public static SecondHalf Create() => new(new DtlnEncoder(seed: 1), new DtlnMask(seed: 1), new DtlnDecoder(seed: 1));

    /// <summary>Runs blocks from the first on.</summary>
    /// <returns>The outputs, and the states after the last block: [layer, unit, (h, c)].</returns>
    public (float[] Outputs, float[] States) Run(ReadOnlyMemory<float> blocks)
    {
        var narrow = (IRnnStreamingModel<float>)NarrowRun.Twin(Mask);
        State state = narrow.CreateState();
        var masks = new List<float>();
        for (int start = 0; start < blocks.Length; start += 512)
        {
            var mask = new float[256];
            narrow.Step(state, blocks.Span.Slice(start, 512), mask);
            masks.AddRange(mask);
        }

        float[] masked = [.. Outputs(Encoder, blocks).Zip(masks, (feature, mask) => feature * mask)];
        float[][] parts = [state["First.h"].ToArray(), state["First.c"].ToArray(), state["Second.h"].ToArray(), state["Second.c"].ToArray()];
        float[] states = [.. from layer in new[] { 0, 2 } from unit in Enumerable.Range(0, 128) from part in new[] { 0, 1 } select parts[layer + part][unit]];
        return (Outputs(Decoder, masked), states);
    }
}
