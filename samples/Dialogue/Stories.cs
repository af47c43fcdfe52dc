/// <summary>
/// A grammar of short stories: people walk from room to room, pick things up and put them down, and in between somebody asks about what is the
/// case by then.
/// </summary>
internal sealed class Stories(Random random)
{
    public const int VocabularySize = 32;
    public const int Longest = 160;

    /// <summary>Kinds of questions.</summary>
    public static readonly string[] Kinds = ["where is a person", "where is a thing", "who has a thing", "is a person there"];

    private static readonly string[] People = ["anna", "ben"];
    private static readonly string[] Rooms = ["kitchen", "garden", "office", "attic"];
    private static readonly string[] Things = ["ball", "book"];

    // The end comes first: it is token 0.
    private static readonly string[] Words =
        ["end", "?", ".", .. People, .. Rooms, .. Things, "went", "to", "the", "took", "dropped", "where", "is", "who", "has", "in", "nobody", "knows", "yes", "no"];

    // Where everybody is, and for each thing who has it, or where it lies; -1 where nobody knows.
    private readonly int[] _rooms = new int[People.Length];
    private readonly int[] _owners = new int[Things.Length];
    private readonly int[] _places = new int[Things.Length];

    /// <summary>A story of eight sentences with questions in between.</summary>
    public List<Line> Tell()
    {
        Array.Fill(_rooms, -1);
        Array.Fill(_owners, -1);
        Array.Fill(_places, -1);
        var lines = new List<Line>();
        for (int sentence = 0; sentence < 8; sentence++)
        {
            lines.Add(new Line(Happen(random.Next(People.Length), random.Next(Things.Length)), null, -1));
            if (random.Next(2) == 0)
            {
                lines.Add(Ask(random.Next(Kinds.Length), random.Next(People.Length), random.Next(Things.Length)));
            }
        }

        return lines;
    }

    public static int[] Encode(string text) => [.. text.Split(' ').Select(word => Array.IndexOf(Words, word))];

    public static string Decode(ReadOnlySpan<int> tokens) => string.Join(' ', tokens.ToArray().Select(token => token < Words.Length ? Words[token] : "-"));

    private string Happen(int person, int thing)
    {
        if (_rooms[person] >= 0 && _owners[thing] == person)
        {
            (_owners[thing], _places[thing]) = (-1, _rooms[person]);
            return $"{People[person]} dropped the {Things[thing]} .";
        }

        if (_rooms[person] >= 0 && _owners[thing] < 0 && (_places[thing] < 0 || _places[thing] == _rooms[person]))
        {
            _owners[thing] = person;
            return $"{People[person]} took the {Things[thing]} .";
        }

        _rooms[person] = random.Next(Rooms.Length);
        return $"{People[person]} went to the {Rooms[_rooms[person]]} .";
    }

    private Line Ask(int kind, int person, int thing)
    {
        int room = _rooms[person];
        int owner = _owners[thing];
        int place = owner >= 0 ? _rooms[owner] : _places[thing];
        int guess = random.Next(2) == 0 && room >= 0 ? room : random.Next(Rooms.Length);
        (string question, string answer) = kind switch
        {
            0 => ($"where is {People[person]} ?", In(room)),
            1 => ($"where is the {Things[thing]} ?", In(place)),
            2 => ($"who has the {Things[thing]} ?", owner >= 0 ? People[owner] : "nobody"),
            _ => ($"is {People[person]} in the {Rooms[guess]} ?", room < 0 ? "nobody knows" : guess == room ? "yes" : "no"),
        };
        return new Line(question, answer, kind);
    }

    private static string In(int room) => room >= 0 ? $"in the {Rooms[room]}" : "nobody knows";
}

/// <summary>A sentence, or a question with its answer and kind.</summary>
internal sealed record Line(string Text, string? Answer, int Kind);
