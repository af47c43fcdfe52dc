using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Printing.Kernels;

namespace RnnGen.Generator.Emission;

/// <summary>Prints all files of a model: one for the model, two per layer, or one where its kernels are another layer's or 256 bits are wide enough for all of them.</summary>
internal static class ModelEmitter
{
    public static IEnumerable<SourceFile> Emit(ModelSpec spec) => Emit(ModelPlan.Of(spec));

    public static IEnumerable<SourceFile> Emit(ModelPlan model)
    {
        TypeTarget target = model.Spec.Target;
        yield return new SourceFile(HintNames.For(target, ""), new ModelFile(model).Write());
        foreach (LayerPlan layer in model.Layers)
        {
            yield return new SourceFile(HintNames.For(target, layer.Name), new LayerFile(model, layer, wide: false).Write());
            var wide = new LayerFile(model, layer, wide: true);
            if (wide.HasMembers)
            {
                yield return new SourceFile(HintNames.For(target, layer.Name + ".512"), wide.Write());
            }
        }
    }
}
