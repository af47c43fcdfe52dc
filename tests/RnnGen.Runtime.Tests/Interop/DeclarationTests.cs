using System.Reflection;

namespace RnnGen.Tests.Interop;

/// <summary>A layer has the attribute that declares it, as the compiler would make it.</summary>
public class DeclarationTests
{
    [Theory]
    [InlineData(typeof(EveryDeclaration))]
    [InlineData(typeof(TiedDeclaration))]
    public void A_layer_has_its_attribute(Type type)
    {
        var model = (IRnnModel)Activator.CreateInstance(type, 1)!;

        Assert.All(model.Layers, layer =>
        {
            LayerAttribute expected = type.GetProperty(layer.Name)!.GetCustomAttributes<LayerAttribute>().Single();
            Assert.Equal(expected.GetType(), layer.Declaration.GetType());
            foreach (PropertyInfo property in expected.GetType().GetProperties().Where(p => p.Name != nameof(Attribute.TypeId)))
            {
                Assert.Equal(property.GetValue(expected), property.GetValue(layer.Declaration));
            }
        });
    }
}
