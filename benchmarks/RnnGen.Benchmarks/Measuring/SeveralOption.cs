using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>Options whose values stand beside each other or are separated by commas.</summary>
internal static class SeveralOption
{
    /// <param name="name">The option.</param>
    /// <param name="what">What its values are, capitalized.</param>
    /// <param name="values">Those that it knows.</param>
    /// <param name="usual">Those that are meant without the option; all of them by default.</param>
    public static Option<string[]> Create(string name, string what, IReadOnlyList<string> values, string? usual = null)
    {
        var option = new Option<string[]>(name)
        {
            Description = $"{what}: {string.Join(", ", values)} (default: {usual ?? "all"}).",
            HelpName = name.TrimStart('-') + "s",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => usual is null ? [.. values] : [usual],
        };
        option.Validators.Add(result =>
        {
            foreach (string wrong in Split(result.GetValueOrDefault<string[]>()).Except(values))
            {
                result.AddError($"{name} does not know \"{wrong}\"; it knows {string.Join(", ", values)}.");
            }
        });
        return option;
    }

    public static string[] Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(value => value.ToLowerInvariant())];
}
