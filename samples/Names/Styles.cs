using RnnGen;

/// <summary>Names in the style of five languages, composed of beginnings, middles and endings that are common there.</summary>
internal static class Styles
{
    public const int Count = 5;

    /// <summary>The letters, and the mark that ends a name.</summary>
    public const int Letters = 27;

    /// <summary>Letters first, then a token for each style.</summary>
    public const int Tokens = Letters + Count;

    public const int Mark = 0;
    public const int Longest = 20;

    public static readonly string[] Names = ["Italian", "Russian", "Japanese", "German", "Spanish"];

    private static readonly string[][][] Parts =
    [
        [Split("mar bel ross fer mont cas gal mor lomb ric pal vit san don"), Split("on et ar in ell ol uc"), Split("ini elli etti ari one ucci ato aldi")],
        [Split("iv petr sok kuz nov vas mor vol leb koz pavl sem gol vin"), Split("an ik el ar ets and ol"), Split("ov ova enko sky in ina evich eva")],
        [Split("ya ta ki mo na ha sa ko mi o i fu na su"), Split("ma ka mo shi da ga ki no chi ra"), Split("moto da mura saki yama guchi shita hara")],
        [Split("schn baum stein hoff krau fried gross lang wolf her kirch schult zimm wein"), Split("en er el ing ert"), Split("mann berg bach er feld meyer stein burg")],
        [Split("gonz rodr fern dom alv mart gut ram jim her sanch vel mend ort"), Split("al igu an in ar ir en o"), Split("ez o es era illo a ado os")],
    ];

    public static Vocabulary Alphabet { get; } = new("|abcdefghijklmnopqrstuvwxyz");

    /// <summary>The token that asks for a style.</summary>
    public static int Token(int style) => Letters + style;

    /// <summary>All names that there are in each style, in an order drawn at random.</summary>
    public static List<(string Name, int Style)> All(Random random)
    {
        var names =
            from style in Enumerable.Range(0, Count)
            from beginning in Parts[style][0]
            from middle in Parts[style][1]
            from ending in Parts[style][2]
            select (beginning + middle + ending, style);
        (string, int)[] all = [.. names.Distinct()];
        random.Shuffle(all);
        return [.. all];
    }

    private static string[] Split(string parts) => parts.Split(' ');
}
