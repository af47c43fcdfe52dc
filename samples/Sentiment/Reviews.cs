/// <summary>A grammar of short reviews, with negations and changes of mind, so that counting good and bad words is not enough.</summary>
internal sealed class Reviews(Random random)
{
    public const int VocabularySize = 80;
    public const int LongestSentence = 24;

    private static readonly string[] Good = ["good", "wonderful", "charming", "clever", "lovely", "moving", "brilliant", "funny"];
    private static readonly string[] Bad = ["bad", "dull", "awful", "clumsy", "boring", "weak", "terrible", "tedious"];
    private static readonly string[] Things = ["film", "story", "music", "ending", "cast", "play", "book", "song", "plot", "evening"];
    private static readonly string[] Degrees = ["very", "really", "quite", "truly"];

    private readonly Dictionary<string, int> _tokens = [];
    private readonly List<string> _words = [];

    /// <summary>Sentences that are all different, as tokens, and 1 for praise or 0 for blame.</summary>
    public List<(int[] Tokens, int Praise)> Draw(int count)
    {
        var known = new HashSet<string>();
        var drawn = new List<(int[], int)>();
        while (drawn.Count < count)
        {
            bool praise = random.Next(2) == 1;
            string sentence = Sentence(praise);
            if (known.Add(sentence))
            {
                drawn.Add(([.. sentence.Split(' ').Select(Token)], praise ? 1 : 0));
            }
        }

        return drawn;
    }

    public int[] Encode(string sentence) => [.. sentence.Split(' ').Select(Token)];

    private int Token(string word)
    {
        if (!_tokens.TryGetValue(word, out int token))
        {
            token = _tokens[word] = _words.Count;
            _words.Add(word);
        }

        return token;
    }

    // What comes after "but" counts more than what came before.
    private string Sentence(bool praise) => random.Next(6) switch
    {
        0 => $"{Clause(praise)} and {Clause(praise)}",
        1 => $"{Clause(!praise)} but {Clause(praise)}",
        2 => $"although {Clause(!praise)} {Clause(praise)}",
        3 => $"i expected a {Word(!praise)} {Pick(Things)} but {Clause(praise)}",
        4 => $"{Clause(praise)} although {Clause(!praise)}",
        _ => $"we all say that {Clause(praise)} and not that {Clause(!praise)}",
    };

    private string Clause(bool praise) => random.Next(6) switch
    {
        0 => $"the {Pick(Things)} was {Pick(Degrees)} {Word(praise)}",
        1 => $"the {Pick(Things)} was not {Word(!praise)}",
        2 => $"the {Pick(Things)} was anything but {Word(!praise)}",
        3 => $"nobody can call the {Pick(Things)} {Word(!praise)}",
        4 => $"i {(praise ? "liked" : "disliked")} the {Pick(Degrees)} {Word(praise)} {Pick(Things)}",
        _ => $"it is a {Word(praise)} {Pick(Things)}",
    };

    private string Word(bool good) => Pick(good ? Good : Bad);

    private string Pick(string[] words) => words[random.Next(words.Length)];
}
