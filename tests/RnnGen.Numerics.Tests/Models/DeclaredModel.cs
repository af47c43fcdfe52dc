namespace RnnGen.Numerics.Tests.Models;

/// <summary>A model as its user declares it.</summary>
/// <param name="Attributes">The attributes of its class, in brackets.</param>
/// <param name="Members">Its members.</param>
internal sealed record DeclaredModel(string Attributes, string Members = "");
