/// <summary>The file with the weights.</summary>
public sealed class WeightsFile(ServiceOptions options, ILogger<WeightsFile> log)
{
    private readonly string _path = Path.Combine(options.Folder, "detector.safetensors");
    private readonly Lock _replacing = new();

    /// <summary>Reads it or, if there is none, trains a detector and writes it.</summary>
    /// <exception cref="RnnGen.CheckpointException">It is damaged or of another model, or cannot be written.</exception>
    public Detector LoadOrTrain()
    {
        if (File.Exists(_path))
        {
            return Detector.Load(_path);
        }

        log.Training(_path);
        Directory.CreateDirectory(options.Folder);
        Detector detector = DetectorTraining.Run();
        detector.Save(_path);
        return detector;
    }

    /// <summary>Serves other weights, and keeps them for the next start.</summary>
    /// <returns>The number of the version.</returns>
    /// <exception cref="ArgumentException">A weight is not finite; nothing was changed.</exception>
    /// <exception cref="RnnGen.CheckpointException">They are served, but could not be written.</exception>
    public int Replace(Detector detector, Streams streams)
    {
        // The file has what is served last.
        lock (_replacing)
        {
            int version = streams.Swap(detector);
            detector.Save(_path);
            return version;
        }
    }
}
