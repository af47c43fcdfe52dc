using System.Text;

namespace RnnGen.Fuzz;

/// <summary>Gives texts to generator and analyzer.</summary>
/// <param name="write">Writes the files of one project.</param>
/// <param name="seed">Decides on all of them.</param>
internal sealed class SourceFuzzer(Func<Dice, string[]> write, int seed)
{
    private readonly SourceTally _tally = new();

    /// <summary>Declarations, right ones and wrong ones.</summary>
    public static SourceFuzzer Declarations(int seed) => new(DeclarationWriter.Write, seed);

    /// <summary>Declarations whose text is broken.</summary>
    public static SourceFuzzer Texts(int seed) => new(
        dice =>
        {
            string[] files = DeclarationWriter.Write(dice);
            files[0] = TextBreaker.Break(files[0], dice);
            return files;
        },
        seed);

    /// <summary>Checks texts, other ones in every call.</summary>
    /// <param name="count">How many.</param>
    /// <param name="compile">How many of the right ones are compiled, too: the first.</param>
    /// <returns>What became of all so far.</returns>
    /// <exception cref="FindingException">Something does not hold for one of them.</exception>
    public async Task<SourceTally> RunAsync(long count, long compile = 0)
    {
        for (long end = _tally.Count + count; _tally.Count < end;)
        {
            string[] files = write(new Dice(unchecked((int)((seed * 1_000_003L) + _tally.Count))));
            try
            {
                SourceCheck check = await SourceCheck.RunAsync(files);
                if (check.IsRight && compile > 0 && check.Compile())
                {
                    compile--;
                    _tally.Compiled++;
                }

                _tally.Add(check, string.Join("\n", files));
            }
            catch (FindingException e)
            {
                throw new FindingException($"Text {_tally.Count} of seed {seed}: {e.Message}", e.Input, e.InnerException);
            }
            catch (Exception e)
            {
                // The compiler itself throws, seldom: where it does so without the generated half, too, it is no finding here.
                if (!SourceCheck.CompilerThrows(files))
                {
                    throw new FindingException($"Text {_tally.Count} of seed {seed}: the compiler threw.", Encoding.UTF8.GetBytes(string.Join("\n", files)), e);
                }

                _tally.AddThrown();
            }
        }

        return _tally;
    }
}
