using System.CommandLine;
using System.Globalization;
using RnnGen.Fuzz;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var root = new RootCommand("Looks for faults with inputs that nobody writes by hand. Every finding is repeated by its seed.")
{
    CheckpointsCommand.Create(),
    TrainersCommand.Create(),
    FormatsCommand.Create(),
    KillCommand.Create(),
    SaveCommand.Create(),
    DeclarationsCommand.Create(),
    TextCommand.Create(),
};
return root.Parse(args).Invoke();
