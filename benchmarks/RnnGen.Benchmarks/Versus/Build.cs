using System.Collections;
using System.Reflection;
using System.Runtime.Loader;

namespace RnnGen.Benchmarks;

/// <summary>A build of these benchmarks that is loaded beside others, with the runtime that it was built with.</summary>
internal sealed class Build
{
    private readonly Assembly _assembly;

    /// <param name="path">Its assembly.</param>
    public Build(string path) => _assembly = new Context(path).LoadFromAssemblyPath(path);

    /// <summary>Its models.</summary>
    public IEnumerable<BuiltModel> Models =>
        from property in new[] { nameof(Catalog.All), nameof(Catalog.Narrow) }
        from object model in (IEnumerable)TypeOf(nameof(Catalog)).GetProperty(property)!.GetValue(null)!
        select new BuiltModel(this, model);

    public Type TypeOf(string name) => _assembly.GetType($"{typeof(Build).Namespace}.{name}", throwOnError: true)!;

    private sealed class Context(string path) : AssemblyLoadContext(name: null)
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName name) => _resolver.ResolveAssemblyToPath(name) is string file ? LoadFromAssemblyPath(file) : null;
    }
}

/// <summary>A model of another build, by the names of its members, which all builds have.</summary>
/// <param name="build">The build.</param>
/// <param name="model">Its <see cref="MeasuredModel"/>.</param>
internal sealed class BuiltModel(Build build, object model)
{
    public string Name => (string)Get(nameof(MeasuredModel.Name));

    /// <summary>The name of the format of its weights.</summary>
    public string Format
    {
        get
        {
            object stored = Get(nameof(MeasuredModel.Stored));
            return (string)stored.GetType().GetProperty(nameof(StoredWeights.Name))!.GetValue(stored)!;
        }
    }

    /// <summary>Does so many units of work, and tells the seconds that they took.</summary>
    public Func<int, double> Work(Mode mode, bool adam)
    {
        object weights = model.GetType().GetMethod(nameof(MeasuredModel.Weights))!.Invoke(model, null)!;
        object itsMode = Enum.Parse(build.TypeOf(nameof(Mode)), mode.ToString());
        object workload = Activator.CreateInstance(build.TypeOf(nameof(Workload)), Get(nameof(MeasuredModel.Shape)), weights, itsMode, adam)!;
        object work = model.GetType().GetMethod(nameof(MeasuredModel.Create))!.Invoke(model, [workload])!;
        return work.GetType().GetMethod(nameof(Benchmarks.Work.Run))!.CreateDelegate<Func<int, double>>(work);
    }

    private object Get(string property) => model.GetType().GetProperty(property)!.GetValue(model)!;
}
