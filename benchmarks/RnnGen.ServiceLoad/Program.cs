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
var load = new Load(service, streams);
await load.Connect();
var time = TimeSpan.FromSeconds(Number(2, 12));
int swaps = Number(3, 100);
double most = await load.Run("as fast as possible", Pace.Fastest(burst: 1), time, swaps);
await load.Run("as fast as possible, four readings at a time", Pace.Fastest(burst: 4), time, swaps);
await load.Run("at half of the first rate", Pace.Of(most / 2, streams), time, swaps);
return await load.Check() ? 0 : 1;

int Number(int position, int usual) => args.Length > position ? int.Parse(args[position], CultureInfo.InvariantCulture) : usual;
