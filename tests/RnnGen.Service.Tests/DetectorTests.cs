namespace RnnGen.Tests.Service;

/// <summary>What the detector finds, in pumps that it was not trained on.</summary>
public sealed class DetectorTests
{
    private readonly float[] _reading = new float[Detector.InputSize];
    private readonly float[] _score = new float[1];

    [Fact]
    public void It_is_silent_while_nothing_is_wrong()
    {
        int alarms = 0;
        for (int seed = 1_000; seed < 1_020; seed++)
        {
            alarms += Alarms(new Pump(seed), Trained.Detector.CreateState(), seconds: 1_000);
        }

        Assert.InRange(alarms, 0, 20);
    }

    [Theory]
    [InlineData(Fault.Bearing)]
    [InlineData(Fault.Cooling)]
    [InlineData(Fault.Leak)]
    [InlineData(Fault.Stuck)]
    public void It_finds_a_fault(Fault fault)
    {
        for (int seed = 2_000; seed < 2_010; seed++)
        {
            var pump = new Pump(seed);
            Detector.State state = Trained.Detector.CreateState();
            Alarms(pump, state, seconds: 100);
            pump.Fault = fault;

            Assert.InRange(Alarms(pump, state, seconds: 30), 3, 30);
        }
    }

    [Fact]
    public void A_wild_reading_is_an_alarm()
    {
        Detector.State state = Trained.Detector.CreateState();
        Alarms(new Pump(7), state, seconds: 50);

        Trained.Detector.Step(state, [1, 2, 3], _score);

        Assert.True(new Answer(_score[0], 1).Alarm, $"{_score[0]}");
    }

    private int Alarms(Pump pump, Detector.State state, int seconds)
    {
        int alarms = 0;
        for (int second = 0; second < seconds; second++)
        {
            pump.Read(_reading);
            Trained.Detector.Step(state, _reading, _score);
            alarms += new Answer(_score[0], 1).Alarm ? 1 : 0;
        }

        return alarms;
    }
}
