using RnnGen.Samples;

/// <summary>A pose by its angles, in degrees: of the back to the right, of the head from there, of upper arms and legs from straight down, outward; elbows bend outward, knees inward.</summary>
/// <param name="Arms">Left arm, left elbow, right arm, right elbow.</param>
/// <param name="Legs">Left leg, left knee, right leg, right knee.</param>
/// <param name="X">Where the hips are, in meters from the middle.</param>
/// <param name="Lean">The back.</param>
/// <param name="Nod">The head.</param>
/// <param name="Hop">The height of the lower foot over the floor, in meters.</param>
internal sealed record KeyPose(
    (double Left, double LeftElbow, double Right, double RightElbow) Arms,
    (double Left, double LeftKnee, double Right, double RightKnee) Legs,
    double X = 0,
    double Lean = 0,
    double Nod = 0,
    double Hop = 0)
{
    /// <summary>Left and right exchanged.</summary>
    public KeyPose Mirrored => new(
        (Arms.Right, Arms.RightElbow, Arms.Left, Arms.LeftElbow), (Legs.Right, Legs.RightKnee, Legs.Left, Legs.LeftKnee), -X, -Lean, -Nod, Hop);

    /// <summary>A pose between this one and another.</summary>
    /// <param name="other">The other.</param>
    /// <param name="share">0 is this one, 1 the other.</param>
    public KeyPose Toward(KeyPose other, double share)
    {
        return new(
            (Mix(Arms.Left, other.Arms.Left), Mix(Arms.LeftElbow, other.Arms.LeftElbow), Mix(Arms.Right, other.Arms.Right), Mix(Arms.RightElbow, other.Arms.RightElbow)),
            (Mix(Legs.Left, other.Legs.Left), Mix(Legs.LeftKnee, other.Legs.LeftKnee), Mix(Legs.Right, other.Legs.Right), Mix(Legs.RightKnee, other.Legs.RightKnee)),
            Mix(X, other.X),
            Mix(Lean, other.Lean),
            Mix(Nod, other.Nod),
            Mix(Hop, other.Hop));

        double Mix(double a, double b) => a + (share * (b - a));
    }

    /// <summary>Every angle changed a little, as a body that is not a machine does.</summary>
    /// <param name="random">Random numbers.</param>
    /// <param name="degrees">The standard deviation.</param>
    public KeyPose Shaken(Random random, double degrees)
    {
        return this with
        {
            Arms = (Shake(Arms.Left), Shake(Arms.LeftElbow), Shake(Arms.Right), Shake(Arms.RightElbow)),
            Legs = (Shake(Legs.Left), Shake(Legs.LeftKnee), Shake(Legs.Right), Shake(Legs.RightKnee)),
            Lean = Shake(Lean),
            Nod = Shake(Nod),
        };

        double Shake(double angle) => angle + (degrees * random.NextNormal());
    }

    /// <summary>The numbers of the pose; where the hips are follows from the foot that is lower.</summary>
    public float[] ToPose()
    {
        // From straight down, to the right.
        double[] angles =
        [
            180 - Lean, 180 - Lean - Nod,
            -Arms.Left, -Arms.Left - Arms.LeftElbow, Arms.Right, Arms.Right + Arms.RightElbow,
            -Legs.Left, -Legs.Left + Legs.LeftKnee, Legs.Right, Legs.Right - Legs.RightKnee,
        ];
        var pose = new float[Figure.PoseSize];
        var below = new double[Figure.Limbs];
        for (int limb = 0; limb < Figure.Limbs; limb++)
        {
            (double sine, double cosine) = Math.SinCos(angles[limb] * Math.PI / 180);
            (pose[2 + (2 * limb)], pose[3 + (2 * limb)]) = ((float)sine, (float)-cosine);
            below[limb] = Figure.Lengths[limb] * cosine;
        }

        pose[0] = (float)X;
        pose[1] = (float)(Hop + Math.Max(below[6] + below[7], below[8] + below[9]) - Figure.HipHeight);
        return pose;
    }
}
