using System.CommandLine;
using System.Globalization;
using RnnGen;
using RnnGen.Mpi;
using TrainTogether;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var model = new Option<string>("--model") { Description = "What to train: characters of a text, or forecasts of waves.", DefaultValueFactory = _ => "characters" };
var text = new Option<string?>("--text") { Description = "The text to learn. By default a made-up one." };
var updates = new Option<int>("--updates") { Description = "Updates in all.", DefaultValueFactory = _ => 500 };
var workers = new Option<int>("--workers") { Description = "Workers in all processes together, on which the weights depend.", DefaultValueFactory = _ => 2 };
var checkpoint = new Option<string>("--checkpoint") { Description = "The file to go on from, if it exists, and to write.", DefaultValueFactory = _ => "together.safetensors" };
var saveEvery = new Option<int>("--save-every") { Description = "Updates between checkpoints.", DefaultValueFactory = _ => 100 };
var reportEvery = new Option<int>("--report-every") { Description = "Updates between lines of the report.", DefaultValueFactory = _ => 50 };
var seed = new Option<int>("--seed") { Description = "Seed of weights and order.", DefaultValueFactory = _ => 1 };

model.AcceptOnlyFromAmong("characters", "waves");
foreach (Option<int> option in new[] { updates, workers, saveEvery, reportEvery })
{
    option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1)
        {
            result.AddError($"{option.Name} must be at least 1.");
        }
    });
}

var command = new RootCommand("Trains one network in several processes: mpirun -n 2 dotnet TrainTogether.dll.")
{
    model, text, updates, workers, checkpoint, saveEvery, reportEvery, seed,
};

command.SetAction(arguments =>
{
    var settings = new Settings
    {
        Text = arguments.GetValue(text),
        Updates = arguments.GetRequiredValue(updates),
        Workers = arguments.GetRequiredValue(workers),
        Checkpoint = arguments.GetRequiredValue(checkpoint),
        SaveEvery = arguments.GetRequiredValue(saveEvery),
        ReportEvery = arguments.GetRequiredValue(reportEvery),
        Seed = arguments.GetRequiredValue(seed),
    };
    try
    {
        return MpiGroup.Run(group =>
        {
            var training = new Training(group, settings);
            return arguments.GetRequiredValue(model) == "waves" ? training.Waves() : training.Characters();
        });
    }
    catch (Exception e) when (e is MpiException or CheckpointException or IOException or UnauthorizedAccessException or ArgumentException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
});

return command.Parse(args).Invoke();
