using System.CommandLine;
using System.Globalization;
using CharLm;
using RnnGen;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var text = new Option<string?>("--text") { Description = "The text to learn. By default the C# sources of this repository." };
var cell = new Option<string>("--cell") { Description = "The kind of memory.", DefaultValueFactory = _ => "lstm" };
var steps = new Option<int>("--steps") { Description = "Updates in all.", DefaultValueFactory = _ => 1500 };
var resume = new Option<string?>("--resume") { Description = "A checkpoint to go on from, with the same text and cell." };
var checkpoint = new Option<string?>("--checkpoint") { Description = "The checkpoint to write. By default the resumed one, or charlm-CELL.safetensors." };
var saveEvery = new Option<int>("--save-every") { Description = "Updates between two checkpoints.", DefaultValueFactory = _ => 250 };
var sample = new Option<int>("--sample") { Description = "Characters to write at the end.", DefaultValueFactory = _ => 400 };
var temperature = new Option<float>("--temperature") { Description = "0 always takes the likeliest character; above 1 gets wild.", DefaultValueFactory = _ => 0.8f };
var seed = new Option<int>("--seed") { Description = "Seed of weights, windows and sample.", DefaultValueFactory = _ => 1 };
var curve = new Option<string?>("--curve") { Description = "An SVG file to draw the losses to." };

cell.AcceptOnlyFromAmong("rnn", "gru", "lstm");
AtLeast(steps, 1);
AtLeast(saveEvery, 1);
AtLeast(sample, 0);
temperature.Validators.Add(result =>
{
    if (result.GetValueOrDefault<float>() is not (>= 0 and < float.PositiveInfinity))
    {
        result.AddError("--temperature must be finite and at least 0.");
    }
});

var command = new RootCommand("Learns a text character by character, and writes in its style.")
{
    text, cell, steps, resume, checkpoint, saveEvery, sample, temperature, seed, curve,
};

command.SetAction(arguments =>
{
    string kind = arguments.GetRequiredValue(cell);
    var settings = new Settings
    {
        Text = arguments.GetValue(text),
        Steps = arguments.GetRequiredValue(steps),
        Resume = arguments.GetValue(resume),
        Checkpoint = arguments.GetValue(checkpoint) ?? arguments.GetValue(resume) ?? $"charlm-{kind}.safetensors",
        SaveEvery = arguments.GetRequiredValue(saveEvery),
        Sample = arguments.GetRequiredValue(sample),
        Temperature = arguments.GetRequiredValue(temperature),
        Seed = arguments.GetRequiredValue(seed),
        Curve = arguments.GetValue(curve),
    };
    try
    {
        switch (kind)
        {
            case "rnn":
                Session<CharRnn>.Run(settings);
                break;
            case "gru":
                Session<CharGru>.Run(settings);
                break;
            default:
                Session<CharLstm>.Run(settings);
                break;
        }

        return 0;
    }
    catch (Exception e) when (e is UsageException or CheckpointException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
});

return command.Parse(args).Invoke();

static void AtLeast(Option<int> option, int least) => option.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < least)
    {
        result.AddError($"{option.Name} must be at least {least}.");
    }
});
