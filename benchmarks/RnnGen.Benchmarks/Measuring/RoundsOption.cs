using System.CommandLine;

namespace RnnGen.Benchmarks;

/// <summary>How many rounds are run.</summary>
internal static class RoundsOption
{
    /// <param name="whose">What runs them, such as contender.</param>
    public static Option<int> Create(string whose)
    {
        var rounds = new Option<int>("--rounds") { Description = $"Rounds per {whose}, about 4 ms each.", DefaultValueFactory = _ => 40 };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--rounds must be at least 1.");
            }
        });
        return rounds;
    }
}
