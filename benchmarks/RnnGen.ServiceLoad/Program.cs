using System.Globalization;

// Load for samples/Service: RnnGen.ServiceLoad URL [STREAMS [SECONDS [SWAPS]]]. It replaces the weights of the service, which should have a folder of its own for it.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var service = new Uri(args[0]);
if (!service.IsLoopback)
{
    Console.Error.WriteLine("A load is for a service on this machine.");
    return 2;
}

int streams = Number(1, 10_000);
int seconds = Number(2, 15);
int swaps = Number(3, 100);
var load = new Load(service, streams);
await load.Connect();
double most = await load.Run("as fast as possible, four readings at a time", Pace.Fastest, TimeSpan.FromSeconds(seconds), swaps);
await load.Run("at half of that, one reading at a time", Pace.Of(most / 2, streams), TimeSpan.FromSeconds(seconds), swaps);
return await load.Check() ? 0 : 1;

int Number(int position, int usual) => args.Length > position ? int.Parse(args[position], CultureInfo.InvariantCulture) : usual;
