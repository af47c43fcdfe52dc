using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using RnnGen.Training;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

public class DebugBuildTests
{
    [Theory]
    [InlineData(DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations, true)]
    [InlineData(DebuggableAttribute.DebuggingModes.Default, false)]
    public void What_the_compiler_wrote_into_the_assembly_counts(DebuggableAttribute.DebuggingModes modes, bool expected)
    {
        ConstructorInfo constructor = typeof(DebuggableAttribute).GetConstructor([typeof(DebuggableAttribute.DebuggingModes)])!;
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName("Built"), AssemblyBuilderAccess.Run, [new CustomAttributeBuilder(constructor, [modes])]);
        Type type = assembly.DefineDynamicModule("Built").DefineType("Model").CreateType();

        Assert.Equal(expected, DebugBuild.Has(type));
    }

    [Fact]
    public void Reports_and_result_tell()
    {
        var reports = new List<bool>();
        using TokenRnn.Trainer trainer = new TokenRnn(seed: 1).CreateTrainer(new Adam(0.01f));
        FitResult result = trainer.Fit(
            TokenWindows.Tiled(new int[12], 6), null, new FitOptions { Updates = 2, ReportEvery = 1 }, new Reports(report => reports.Add(report.IsDebugBuild)));

        bool expected = typeof(TokenRnn).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };
        Assert.Equal(expected, result.IsDebugBuild);
        Assert.Equal([expected, expected], reports);
    }
}
