using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Differentiation;

/// <summary>The backward step of a cell, derived from its fused equations by the chain rule.</summary>
/// <param name="Cell">
/// The backward step as a cell: its input is the gradient of the output (dy), its states are the gradients of the states, its
/// output is the gradient of the input (dx).
/// </param>
/// <param name="Sums">The gradients of the accumulators, from which the gradients of all weights are computed.</param>
/// <param name="Matrices">Gradients of matrices: products of a sum's gradient with a source, added up over the window.</param>
/// <param name="Vectors">Gradients of vectors, added up over the window.</param>
/// <param name="Saved">Values of the fused forward step that the backward step reads from the tape.</param>
internal sealed record Adjoint(
    Cell Cell,
    IReadOnlyList<AccumulatorGradient> Sums,
    IReadOnlyList<MatrixGradient> Matrices,
    IReadOnlyList<VectorGradient> Vectors,
    IReadOnlyList<Expression> Saved);

/// <param name="Accumulator">A sum of the forward step.</param>
/// <param name="Gradient">Its gradient, a value of the backward step.</param>
internal sealed record AccumulatorGradient(Accumulator Accumulator, Expression Gradient);

/// <param name="Matrix">A matrix of the forward step.</param>
/// <param name="Source">What it is applied to, a value of the forward step.</param>
/// <param name="Gradient">Gradient of the product, a value of the backward step.</param>
internal sealed record MatrixGradient(Matrix Matrix, Expression Source, Expression Gradient);

/// <param name="Vector">A vector of the forward step.</param>
/// <param name="Gradient">Its gradient in one step, a value of the backward step.</param>
internal sealed record VectorGradient(ParameterVector Vector, Expression Gradient);
