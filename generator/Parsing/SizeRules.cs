using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Parsing;

/// <summary>Reports a model that is too large, at the number that is the cause.</summary>
internal static class SizeRules
{
    public static void Check(ModelSpec model, List<LayerDraft> drafts, Location? sequenceLocation, Location? batchLocation, ErrorCollector errors)
    {
        BigInteger parameters = 0;
        BigInteger tape = SizeLimits.InputBytes(model) + SizeLimits.JoinBytes(model);
        BigInteger losses = 0;
        BigInteger most = -1;
        int largest = 0;
        for (int index = 0; index < model.Layers.Count; index++)
        {
            CellSize size = SizeLimits.SizeOf(model.Layers[index], model.Trace);
            BigInteger bytes = SizeLimits.ParameterBytes(size);
            parameters += bytes;
            tape += SizeLimits.TapeBytes(size, model.SequenceLength);
            losses += (model.Layers[index].Kind as Head)?.LossBytes(model.SequenceLength) ?? 0;
            if (bytes > most)
            {
                most = bytes;
                largest = index;
            }
        }

        if (parameters > SizeLimits.MaxBytes)
        {
            errors.Add(
                Descriptors.TooManyParameters,
                drafts[largest].SizeLocation,
                model.Target.Name,
                Print(parameters),
                drafts[largest].Name,
                Print(SizeLimits.MaxBytes));
        }
        else if (tape + losses > SizeLimits.MaxBytes)
        {
            errors.Add(
                Descriptors.TapeTooLarge,
                sequenceLocation,
                model.Target.Name,
                Print(model.SequenceLength),
                Print(tape + losses),
                Print(SizeLimits.MaxBytes));
        }
        else if (tape * model.BatchSize > SizeLimits.MaxBytes)
        {
            errors.Add(Descriptors.BatchTooLarge, batchLocation, model.Target.Name, Print(model.BatchSize), Print(model.SequenceLength), Print(tape * model.BatchSize), Print(SizeLimits.MaxBytes));
        }
    }

    private static string Print(BigInteger number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
