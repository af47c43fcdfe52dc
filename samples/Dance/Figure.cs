/// <summary>
/// The skeleton, seen from the front. A pose is where the hips are, in meters, and for each limb the vector from its upper to its lower joint, divided by the
/// limb's true length: x to the right, y up. Such a vector should have the length 1, but nothing forces it to.
/// </summary>
internal static class Figure
{
    /// <summary>Number of limbs.</summary>
    public const int Limbs = 10;

    /// <summary>Numbers of a pose: x, y of the hips, then x, y of each limb.</summary>
    public const int PoseSize = 2 + (2 * Limbs);

    /// <summary>The hips, and the lower end of each limb.</summary>
    public const int Joints = 1 + Limbs;

    /// <summary>Poses per second.</summary>
    public const int Rate = 15;

    /// <summary>The height over the floor that the hips' y counts from, in meters.</summary>
    public const double HipHeight = 0.8;

    /// <summary>In meters: back, neck, left arm (upper, lower), right arm, left leg, right leg.</summary>
    public static readonly double[] Lengths = [0.5, 0.2, 0.29, 0.28, 0.29, 0.28, 0.42, 0.42, 0.42, 0.42];

    /// <summary>The joint that each limb hangs from: 0 is the hips, k + 1 the lower end of limb k.</summary>
    private static readonly int[] From = [0, 1, 1, 3, 1, 5, 0, 7, 0, 9];

    /// <summary>Where the joints are, in meters from the middle of the floor.</summary>
    public static (double X, double Y)[] JointsOf(ReadOnlySpan<float> pose)
    {
        var joints = new (double X, double Y)[Joints];
        joints[0] = (pose[0], HipHeight + pose[1]);
        for (int limb = 0; limb < Limbs; limb++)
        {
            (double x, double y) = joints[From[limb]];
            joints[limb + 1] = (x + (Lengths[limb] * pose[2 + (2 * limb)]), y + (Lengths[limb] * pose[3 + (2 * limb)]));
        }

        return joints;
    }

    /// <summary>By how much each limb is too long or too short, as a share of its true length; measured between its joints.</summary>
    public static IEnumerable<double> LengthErrors((double X, double Y)[] joints) =>
        Enumerable.Range(0, Limbs).Select(limb => Math.Abs((Distance(joints[From[limb]], joints[limb + 1]) / Lengths[limb]) - 1));

    /// <summary>The distance of two points.</summary>
    public static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
