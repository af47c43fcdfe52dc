using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>What decoders and losses need to know of the outputs of a <see cref="CtcAttribute"/>.</summary>
internal static class CtcPaths
{
    /// <summary>Number of outputs of a head.</summary>
    public static int Outputs(Layer head, out CtcBlank blank)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.Declaration is not CtcAttribute ctc)
        {
            throw new ArgumentException($"Expected a [Ctc] head, found '{head.Name}', a {head.Attribute}.", nameof(head));
        }

        blank = ctc.Blank;
        return ctc.Size;
    }

    /// <summary>The output that is the blank.</summary>
    public static int Place(CtcBlank blank, int outputs) => blank == CtcBlank.First ? 0 : outputs - 1;

    /// <summary>Number of steps of a window.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of the number of outputs.</exception>
    public static int Steps(ReadOnlySpan<float> probabilities, int outputs)
    {
        Check.Length(probabilities.Length, probabilities.Length / outputs * outputs, nameof(probabilities));
        return probabilities.Length / outputs;
    }
}
