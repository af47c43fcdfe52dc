namespace RnnGen.Tests.Service;

/// <summary>A pump, and what the detector computes for it alone.</summary>
internal sealed class Alone(int seed)
{
    private readonly Pump _pump = new(seed);
    private readonly Detector.State _state = Trained.Detector.CreateState();
    private readonly float[] _score = new float[1];

    /// <summary>The next reading.</summary>
    public float[] Read()
    {
        var reading = new float[Detector.InputSize];
        _pump.Read(reading);
        return reading;
    }

    /// <summary>What is right to be answered to a reading.</summary>
    public Answer Step(float[] reading, int version = 1, Detector? detector = null)
    {
        (detector ?? Trained.Detector).Step(_state, reading, _score);
        return new Answer(_score[0], version);
    }

    /// <summary>Sends readings, and compares the answers bit by bit.</summary>
    public async Task Talk(ClientSocket socket, int count = 10)
    {
        for (int k = 0; k < count; k++)
        {
            float[] reading = Read();
            Answer expected = Step(reading);
            Assert.Equal(expected, k % 2 == 0 ? await socket.Send(reading) : await socket.SendText(reading));
        }
    }
}
