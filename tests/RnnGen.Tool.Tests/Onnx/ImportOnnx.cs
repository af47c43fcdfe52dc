using RnnGen.Formats.Onnx;
using RnnGen.Tool.Description;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Tests.Onnx;

/// <summary>Imports ONNX files.</summary>
internal static class ImportOnnx
{
    public static ImportedModel Bytes(byte[] file, ImportSettings? settings = null) => OnnxImporter.Import(OnnxModel.Read("test.onnx", file), file.Length, settings ?? new ImportSettings());
}
