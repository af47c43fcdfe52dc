using System.Globalization;
using RnnGen.Tool.Commands;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return RootCommands.Create().Parse(args).Invoke();
