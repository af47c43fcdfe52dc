using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Learning rates against PyTorch's: <c>schedules.py</c> prints the numbers.</summary>
public class ScheduleTests
{
    private const double Tolerance = 1e-6;

    private static readonly float[] Losses =
        [2, 1.5f, 1.49999f, 1.45f, 1.44f, 1.46f, 1.5f, 1.5f, 1.5f, 1.2f, 1.3f, 1.3f, 1.3f, 1.3f, 1.3f, 1.1f, 1.2f, 1.2f, 1.2f, 1.2f];

    private static readonly float[] NoFactor = [0, -float.Epsilon, -1, 1.0000001f, 2, float.PositiveInfinity, float.NaN];
    private static readonly float[] NoRate = [-float.Epsilon, -1, float.NegativeInfinity, float.PositiveInfinity, float.NaN];

    public static TheoryData<string, double, Schedule, long[], double[]> OfUpdates => new()
    {
        { "step", 0.1, new StepSchedule(3, 0.5f), Up(10), [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025, 0.025, 0.0125, 0.0125] },
        { "step, default factor", 0.02, new StepSchedule(100), [0, 99, 100, 199, 200, 999, 1000], [0.02, 0.02, 0.002, 0.002, 0.0002, 2e-11, 2e-12] },
        { "exponential", 0.02, new ExponentialSchedule(0.9f), Up(6), [0.02, 0.018, 0.0162, 0.01458, 0.013122, 0.0118098, 0.01062882] },
        {
            "exponential, slow", 0.5, new ExponentialSchedule(0.999f), [0, 1, 10, 100, 1000, 5000],
            [0.5, 0.4995, 0.49502244, 0.452396074, 0.183847712, 0.00336055598]
        },
        {
            "cosine", 0.1, new CosineSchedule(10), Up(10),
            [0.1, 0.0975528258, 0.0904508497, 0.0793892626, 0.0654508497, 0.05, 0.0345491503, 0.0206107374, 0.00954915028, 0.00244717419, 0]
        },
        {
            "cosine, lowest", 0.1, new CosineSchedule(8) { LowestRate = 0.01f }, Up(8),
            [0.1, 0.096574579, 0.0868198052, 0.0722207545, 0.055, 0.0377792455, 0.0231801948, 0.013425421, 0.01]
        },
        {
            "cosine, warm-up", 0.1, new CosineSchedule(12) { WarmupUpdates = 4 }, Up(12),
            [
                0.0333333333, 0.05, 0.0666666667, 0.0833333333, 0.1, 0.0961939766, 0.0853553391, 0.0691341716, 0.05, 0.0308658284, 0.0146446609,
                0.00380602337, 0,
            ]
        },
        {
            "cosine, warm-up, factor, lowest", 0.3, new CosineSchedule(10) { WarmupUpdates = 5, WarmupFactor = 0.1f, LowestRate = 0.02f }, Up(10),
            [0.03, 0.084, 0.138, 0.192, 0.246, 0.3, 0.273262379, 0.203262379, 0.116737621, 0.0467376208, 0.02]
        },
        { "cosine, warm-up of one", 0.1, new CosineSchedule(4) { WarmupUpdates = 1, WarmupFactor = 0.25f }, Up(4), [0.025, 0.1, 0.075, 0.025, 0] },
        {
            "cosine, long", 0.001, new CosineSchedule(10_000) { WarmupUpdates = 500, WarmupFactor = 0.01f, LowestRate = 1e-5f },
            [0, 1, 250, 499, 500, 501, 5250, 9999, 10_000],
            [1e-05, 1.198e-05, 0.000505, 0.00099802, 0.001, 0.000999999973, 0.000505, 1.00000271e-05, 1e-05]
        },
    };

    public static TheoryData<string, PlateauSchedule, double[]> OfReports => new()
    {
        {
            "plateau", new PlateauSchedule { Patience = 2 },
            [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01, 0.01, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.0001, 0.0001]
        },
        {
            "plateau, no patience", new PlateauSchedule { Patience = 0, Gamma = 0.5f },
            [
                0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.0125, 0.00625, 0.003125, 0.003125, 0.0015625, 0.00078125, 0.000390625, 0.0001953125,
                9.765625e-05, 9.765625e-05, 4.8828125e-05, 2.44140625e-05, 1.22070313e-05, 6.10351563e-06,
            ]
        },
        {
            "plateau, cooldown", new PlateauSchedule { Patience = 1, Cooldown = 3, Gamma = 0.5f },
            [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025, 0.025, 0.025, 0.025, 0.025, 0.0125, 0.0125, 0.0125]
        },
        {
            "plateau, threshold", new PlateauSchedule { Patience = 2, Threshold = 0.1f, Gamma = 0.5f },
            [
                0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025, 0.025, 0.025, 0.025, 0.0125, 0.0125, 0.0125, 0.00625, 0.00625, 0.00625,
                0.003125, 0.003125,
            ]
        },
        {
            "plateau, no threshold", new PlateauSchedule { Patience = 0, Threshold = 0, Gamma = 0.5f },
            [
                0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.025, 0.0125, 0.00625, 0.00625, 0.003125, 0.0015625, 0.00078125, 0.000390625, 0.0001953125,
                0.0001953125, 9.765625e-05, 4.8828125e-05, 2.44140625e-05, 1.22070313e-05,
            ]
        },
        {
            "plateau, lowest", new PlateauSchedule { Patience = 0, LowestRate = 0.02f, Gamma = 0.5f },
            [0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02]
        },
    };

    [Theory]
    [MemberData(nameof(OfUpdates), DisableDiscoveryEnumeration = true)]
    public void A_schedule_gives_PyTorchs_rates(string name, double initial, Schedule schedule, long[] updates, double[] expected)
    {
        Assert.Equal(expected.Length, updates.Length);
        foreach ((long place, double rate) in updates.Zip(expected))
        {
            AssertRate(initial, rate, schedule.Rate(initial, place), $"{name}, update {place}");
        }
    }

    [Theory]
    [MemberData(nameof(OfReports), DisableDiscoveryEnumeration = true)]
    public void A_plateau_lowers_the_rate_where_PyTorch_does(string name, PlateauSchedule schedule, double[] expected) =>
        AssertReports(name, 0.1, schedule, Losses, expected);

    [Fact]
    public void A_plateau_waits_for_ten_reports_by_default()
    {
        float[] losses = new float[25];
        Array.Fill(losses, 1);

        AssertReports("rate", 0.1, new PlateauSchedule(), losses, [.. Enumerable.Repeat(0.1, 11), .. Enumerable.Repeat(0.01, 11), 0.001, 0.001, 0.001]);
    }

    // PyTorch leaves out a reduction by 1e-8 or less.
    [Fact]
    public void A_plateau_leaves_out_a_tiny_reduction() =>
        AssertReports("rate", 3e-8, new PlateauSchedule { Patience = 0, Gamma = 0.5f }, [1, 1, 1, 1], [3e-8, 1.5e-8, 1.5e-8, 1.5e-8]);

    [Fact]
    public void A_loss_that_is_not_a_number_is_no_progress() =>
        AssertReports("rate", 0.1, new PlateauSchedule { Patience = 1 }, [1, float.NaN, float.NaN, 0.5f], [0.1, 0.1, 0.01, 0.01]);

    [Fact]
    public void Other_schedules_do_not_listen_to_losses()
    {
        foreach (Schedule schedule in (Schedule[])[Schedule.Constant, new StepSchedule(1), new ExponentialSchedule(0.5f), new CosineSchedule(5)])
        {
            Optimizer optimizer = Create(0.1f, schedule);
            for (int k = 0; k < 30; k++)
            {
                optimizer.Report(1);
            }

            Assert.Equal(0.1f, optimizer.LearningRate);
        }
    }

    [Fact]
    public void By_default_the_rate_stays_as_it_is()
    {
        Assert.Same(Schedule.Constant, new Adam().Schedule);
        Assert.Equal(0.3, Schedule.Constant.Rate(0.3, 1_000_000_000_000));
    }

    [Theory]
    [InlineData(0, 0.01f)]
    [InlineData(3, 0)]
    public void After_its_end_a_cosine_stays_at_the_lowest_rate(int warmup, float lowest)
    {
        var schedule = new CosineSchedule(10) { WarmupUpdates = warmup, LowestRate = lowest };

        Assert.All((long[])[10, 11, 15, 20, 1000, long.MaxValue], update => Same.About(lowest, schedule.Rate(0.1, update), 1e-12, $"update {update}"));
    }

    [Fact]
    public void A_warm_up_may_be_all_there_is()
    {
        var schedule = new CosineSchedule(4) { WarmupUpdates = 4, WarmupFactor = 0.5f };

        Same.About(0.0875, schedule.Rate(0.1, 3), 1e-9, "last update of the warm-up");
        Same.About(0.1, schedule.Rate(0.1, 4), 1e-9, "the update after it");
        Same.About(0, schedule.Rate(0.1, 5), 1e-9, "the update after that");
    }

    [Fact]
    public void The_learning_rate_is_that_of_the_next_update()
    {
        var subject = ModelsUnderTest.Create(nameof(Plain));
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f) { Schedule = new StepSchedule(2, 0.5f) });
        foreach (double expected in (double[])[0.1, 0.1, 0.05, 0.05, 0.025])
        {
            AssertRate(0.1, expected, trainer.Optimizer.LearningRate, $"rate after {trainer.Optimizer.Updates} updates");
            trainer.Train(subject.Inputs(2), subject.Targets(2));
        }
    }

    [Fact]
    public void Setting_the_learning_rate_replaces_the_initial_one()
    {
        var subject = ModelsUnderTest.Create(nameof(Plain));
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f) { Schedule = new ExponentialSchedule(0.5f) });
        trainer.Train(subject.Inputs(2), subject.Targets(2));
        AssertRate(0.1, 0.05, trainer.Optimizer.LearningRate, "rate");

        trainer.Optimizer.LearningRate = 0.4f;

        AssertRate(0.4, 0.2, trainer.Optimizer.LearningRate, "rate after it was set");
        Assert.Equal(0.1f, trainer.Optimizer.Settings.LearningRate);
    }

    [Fact]
    public void A_plateau_goes_on_from_a_learning_rate_that_was_set()
    {
        Optimizer optimizer = Create(0.1f, new PlateauSchedule { Patience = 0, Gamma = 0.5f });
        optimizer.Report(1);
        optimizer.Report(1);
        AssertRate(0.1, 0.05, optimizer.LearningRate, "rate");

        optimizer.LearningRate = 0.8f;
        AssertRate(0.8, 0.8, optimizer.LearningRate, "rate after it was set");
        optimizer.Report(1);
        AssertRate(0.8, 0.4, optimizer.LearningRate, "rate after the next report");
    }

    [Fact]
    public void Settings_are_shared_and_what_happened_is_not()
    {
        var settings = new Sgd(0.1f) { Schedule = new PlateauSchedule { Patience = 0 } };
        Optimizer one = settings.CreateOptimizer(new Plain(seed: 1));
        Optimizer other = settings.CreateOptimizer(new Plain(seed: 1));

        one.Report(1);
        one.Report(1);

        AssertRate(0.1, 0.01, one.LearningRate, "rate of the one");
        Assert.Equal(0.1f, other.LearningRate);
    }

    [Fact]
    public void A_schedule_of_ones_own_is_followed_and_checked()
    {
        Assert.Equal(0.7f, Create(0.1f, new Own(0.7)).LearningRate);
        foreach (double bad in (double[])[-0.1, double.NaN, double.PositiveInfinity, 1e300])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Create(0.1f, new Own(bad)).LearningRate);
        }
    }

    [Fact]
    public void Factors_are_more_than_zero_and_at_most_one()
    {
        AssertRefused("Gamma", NoFactor, value => new StepSchedule(1, value), value => new ExponentialSchedule(value), value => new PlateauSchedule { Gamma = value });
        AssertRefused(nameof(CosineSchedule.WarmupFactor), NoFactor, value => new CosineSchedule(1) { WarmupFactor = value });
        Assert.Equal(1, new ExponentialSchedule(1).Gamma);
    }

    [Fact]
    public void Rates_are_finite_and_at_least_zero() => AssertRefused(
        "LowestRate", NoRate, value => new CosineSchedule(1) { LowestRate = value }, value => new PlateauSchedule { LowestRate = value });

    [Fact]
    public void A_threshold_is_at_least_zero_and_less_than_one() =>
        AssertRefused("Threshold", [.. NoRate, 1, 2], value => new PlateauSchedule { Threshold = value });

    [Fact]
    public void Numbers_of_updates_and_reports_are_counted_from_one_or_zero()
    {
        AssertRefused("Every", [0, -1, long.MinValue], value => new StepSchedule(value));
        AssertRefused("Updates", [0, -1, long.MinValue], value => new CosineSchedule(value));
        AssertRefused("WarmupUpdates", [-1, long.MinValue], value => new CosineSchedule(1) { WarmupUpdates = value });
        AssertRefused("Patience", [-1, long.MinValue], value => new PlateauSchedule { Patience = value });
        AssertRefused("Cooldown", [-1, long.MinValue], value => new PlateauSchedule { Cooldown = value });
    }

    private static long[] Up(long last) => [.. Enumerable.Range(0, (int)last + 1).Select(update => (long)update)];

    private static Optimizer Create(float rate, Schedule schedule) => new Sgd(rate) { Schedule = schedule }.CreateOptimizer(new Plain(seed: 1));

    /// <summary>Relative to the rate, or, where that is almost 0, to the initial one.</summary>
    private static void AssertRate(double initial, double expected, double actual, string what) =>
        Same.About(expected, actual, (Tolerance * expected) + (1e-12 * initial), what);

    private static void AssertReports(string name, double initial, PlateauSchedule schedule, float[] losses, double[] expected)
    {
        Optimizer optimizer = Create((float)initial, schedule);
        Assert.Equal(expected.Length, losses.Length);
        for (int report = 0; report < losses.Length; report++)
        {
            optimizer.Report(losses[report]);
            AssertRate(initial, expected[report], optimizer.LearningRate, $"{name}, report {report}");
        }
    }

    private static void AssertRefused<T>(string name, T[] values, params Func<T, Schedule>[] creations)
        where T : notnull
    {
        foreach (T value in values)
        {
            foreach (Func<T, Schedule> create in creations)
            {
                var e = Assert.Throws<ArgumentOutOfRangeException>(() => create(value));
                Assert.Equal(name, e.ParamName);
                Assert.Equal(value, e.ActualValue);
            }
        }
    }

    private sealed record Own(double Value) : Schedule
    {
        public override double Rate(double initial, long updates) => Value;
    }
}
