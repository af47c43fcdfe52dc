using System.ComponentModel;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>A mixture of Gaussians with yes-or-no outputs, one row at a time: the equations of <see cref="MixtureAttribute"/>.</summary>
/// <param name="components">Number of Gaussians.</param>
/// <param name="dimensions">Number of coordinates of a point.</param>
/// <param name="covariance">Whether coordinates are correlated.</param>
/// <param name="binary">Number of yes-or-no outputs.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MixtureHead(int components, int dimensions, Covariance covariance, int binary) : IHead, IHeadLoss<float>
{
    private static readonly double LogRootTwoPi = 0.5 * PortableMath.Log(2 * Math.PI);

    internal int Components => components;

    internal int Dimensions => dimensions;

    internal int Binary => binary;

    internal bool IsFull => covariance == Covariance.Full;

    /// <summary>Number of outputs.</summary>
    internal int Size => FirstBinary + binary;

    // Where the parameters of all components are.
    internal int FirstMean => components;

    internal int FirstDeviation => components * (1 + dimensions);

    internal int FirstCorrelation => components * (1 + (2 * dimensions));

    internal int FirstBinary => FirstCorrelation + (IsFull ? components : 0);

    /// <summary>The parameters of the mixture.</summary>
    /// <param name="values">z.</param>
    /// <param name="outputs">Receives π, μ, σ, ρ, p; as long as <paramref name="values"/>.</param>
    public void Activate(ReadOnlySpan<float> values, Span<float> outputs)
    {
        default(SoftmaxHead).Activate(values[..components], outputs[..components]);
        values[FirstMean..FirstDeviation].CopyTo(outputs[FirstMean..]);
        for (int k = FirstDeviation; k < FirstCorrelation; k++)
        {
            outputs[k] = (float)PortableMath.Exp(values[k]);
        }

        for (int k = FirstCorrelation; k < FirstBinary; k++)
        {
            outputs[k] = (float)PortableMath.Tanh(values[k]);
        }

        default(SigmoidHead).Activate(values[FirstBinary..], outputs[FirstBinary..]);
    }

    /// <summary>The gradient of z from that of the parameters.</summary>
    /// <param name="values">z.</param>
    /// <param name="outputGradients">dπ, dμ, dσ, dρ, dp.</param>
    /// <param name="gradients">Receives dz.</param>
    public void Backward(ReadOnlySpan<float> values, ReadOnlySpan<float> outputGradients, Span<float> gradients)
    {
        default(SoftmaxHead).Backward(values[..components], outputGradients[..components], gradients[..components]);
        outputGradients[FirstMean..FirstDeviation].CopyTo(gradients[FirstMean..]);
        for (int k = FirstDeviation; k < FirstCorrelation; k++)
        {
            gradients[k] = outputGradients[k] * (float)PortableMath.Exp(values[k]);
        }

        for (int k = FirstCorrelation; k < FirstBinary; k++)
        {
            gradients[k] = outputGradients[k] * (float)PortableMath.Exp(LogRest(values[k]));
        }

        default(SigmoidHead).Backward(values[FirstBinary..], outputGradients[FirstBinary..], gradients[FirstBinary..]);
    }

    /// <summary>The negative log likelihood of a target in nats, and its gradient.</summary>
    /// <param name="values">z.</param>
    /// <param name="gradients">Receives the gradient; may be <paramref name="values"/>.</param>
    /// <param name="targets">The point, and a number in 0 .. 1 for each yes-or-no output; NaN is ignored.</param>
    /// <returns>The score: one target, and the hits of the yes-or-no outputs.</returns>
    public Score Loss(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> targets)
    {
        ReadOnlySpan<float> point = targets[..dimensions];

        // By Equals, to which one NaN is another.
        bool hasPoint = !point.Contains(float.NaN);
        double loss = 0;
        if (hasPoint)
        {
            loss = PointLoss(values, gradients, point);
        }
        else
        {
            gradients[..FirstBinary].Clear();
        }

        Score score = default(SigmoidHead).Loss(values[FirstBinary..], gradients[FirstBinary..], targets[dimensions..]);
        return hasPoint || score.Count > 0 ? new Score(loss + score.LossSum, 1, score.Correct) { Decisions = score.Count } : default;
    }

    /// <summary>
    /// With the posterior γ_k = π_k N_k / Σ π N and e = u_1 - ρ u_2: dz of π is π - γ, of μ_1 -γ e / σ_1 (1 - ρ²), of σ_1 γ (1 - u_1 e / (1 - ρ²)),
    /// of ρ -γ (u_1 u_2 + ρ (1 - Z / (1 - ρ²))), Z = u_1² + u_2² - 2 ρ u_1 u_2 (Graves 2013).
    /// </summary>
    private double PointLoss(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> point)
    {
        // Two passes over the components need no memory: the first one adds up.
        double most = double.NegativeInfinity;
        double sum = 0;
        double mostWeight = double.NegativeInfinity;
        double weights = 0;
        for (int k = 0; k < components; k++)
        {
            Add(values[k], ref mostWeight, ref weights);
            Add(values[k] + LogDensity(values, point, k), ref most, ref sum);
        }

        double normalizer = mostWeight + PortableMath.Log(weights);
        double total = most + PortableMath.Log(sum);
        for (int k = 0; k < components; k++)
        {
            double posterior = PortableMath.Exp(values[k] + LogDensity(values, point, k) - total);
            if (IsFull)
            {
                WriteCorrelated(values, gradients, point, k, posterior);
            }
            else
            {
                WriteIndependent(values, gradients, point, k, posterior);
            }

            gradients[k] = (float)(PortableMath.Exp(values[k] - normalizer) - posterior);
        }

        return normalizer - total;
    }

    private void WriteIndependent(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> point, int component, double posterior)
    {
        for (int d = 0; d < dimensions; d++)
        {
            int k = (component * dimensions) + d;
            double inverse = PortableMath.Exp(-values[FirstDeviation + k]);
            double u = (point[d] - (double)values[FirstMean + k]) * inverse;
            gradients[FirstMean + k] = Times(posterior, -u * inverse);
            gradients[FirstDeviation + k] = Times(posterior, 1 - (u * u));
        }
    }

    private void WriteCorrelated(ReadOnlySpan<float> values, Span<float> gradients, ReadOnlySpan<float> point, int component, double posterior)
    {
        int first = FirstMean + (2 * component);
        int deviations = FirstDeviation + (2 * component);
        double inverse1 = PortableMath.Exp(-values[deviations]);
        double inverse2 = PortableMath.Exp(-values[deviations + 1]);
        double u1 = (point[0] - (double)values[first]) * inverse1;
        double u2 = (point[1] - (double)values[first + 1]) * inverse2;
        double rho = PortableMath.Tanh(values[FirstCorrelation + component]);
        double precision = PortableMath.Exp(-LogRest(values[FirstCorrelation + component]));
        double e1 = (u1 - (rho * u2)) * precision;
        double e2 = (u2 - (rho * u1)) * precision;
        gradients[first] = Times(posterior, -e1 * inverse1);
        gradients[first + 1] = Times(posterior, -e2 * inverse2);
        gradients[deviations] = Times(posterior, 1 - (u1 * e1));
        gradients[deviations + 1] = Times(posterior, 1 - (u2 * e2));
        gradients[FirstCorrelation + component] = Times(posterior, (rho * ((u1 * e1) + (u2 * e2) - 1)) - (u1 * u2));
    }

    /// <summary>log N(x; component).</summary>
    private double LogDensity(ReadOnlySpan<float> values, ReadOnlySpan<float> point, int component)
    {
        double sum = -dimensions * LogRootTwoPi;
        double before = 0;
        for (int d = 0; d < dimensions; d++)
        {
            int k = (component * dimensions) + d;
            double logDeviation = values[FirstDeviation + k];
            double u = (point[d] - (double)values[FirstMean + k]) * PortableMath.Exp(-logDeviation);
            sum -= logDeviation;
            if (d == 1 && IsFull)
            {
                // (u_1² + u_2² - 2 ρ u_1 u_2) / (1 - ρ²) = u_1² + (u_2 - ρ u_1)² / (1 - ρ²), without its cancellation.
                double logRest = LogRest(values[FirstCorrelation + component]);
                double rest = u - (PortableMath.Tanh(values[FirstCorrelation + component]) * before);
                sum -= 0.5 * ((rest * rest * PortableMath.Exp(-logRest)) + logRest);
            }
            else
            {
                sum -= 0.5 * u * u;
            }

            before = u;
        }

        return sum;
    }

    /// <summary>log(1 - tanh² z), accurate also where tanh z rounds to 1.</summary>
    private static double LogRest(double z)
    {
        double size = Math.Abs(z);
        return 2 * (PortableMath.Log(2) - size - PortableMath.Log(1 + PortableMath.Exp(-2 * size)));
    }

    /// <summary>Adds exp(term) to exp(most) · sum.</summary>
    private static void Add(double term, ref double most, ref double sum)
    {
        if (term > most)
        {
            sum = (sum * PortableMath.Exp(most - term)) + 1;
            most = term;
        }
        else
        {
            // NaN comes here, and stays.
            sum += PortableMath.Exp(term - most);
        }
    }

    /// <summary>A component that the target does not belong to has no gradient, however far it is.</summary>
    private static float Times(double posterior, double factor) => posterior == 0 ? 0 : (float)(posterior * factor);
}
