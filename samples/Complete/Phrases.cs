/// <summary>What people look for; the first ones most of all.</summary>
internal static class Phrases
{
    public static readonly string[] All =
    [
        "weather today", "weather tomorrow", "weather in paris", "weather radar", "translate english", "train times", "train to london",
        "traffic news", "tea with milk", "tea shop near me", "how to tie a tie", "how to boil an egg", "how to draw a cat", "how to learn chess",
        "how old is the earth", "how far is the moon", "what time is it", "what day is it", "what is a neuron", "what is music",
        "when is easter", "when does summer start", "where is the moon", "where to eat", "why is the sky blue", "why is the sea salty",
        "recipe for bread", "recipe for pancakes", "recipe for tomato soup", "red shoes", "red wine", "rain jacket", "radio live",
        "restaurants near me", "return a parcel", "recurrent network", "recurrent dream meaning", "piano lessons", "piano chords",
        "pizza near me", "pizza dough", "picture frames", "plane tickets", "planets in order", "plants for shade", "play chess online",
        "poems about spring", "post office", "potato salad", "printer does not print", "python tutorial", "puzzle for children",
        "music for sleep", "music notes", "museum tickets", "map of europe", "map of the moon", "mushroom soup", "mountain bike",
        "movie times", "moving boxes", "milk without lactose", "cheap flights", "cheap hotels", "chess rules", "chess openings",
        "chocolate cake", "cat pictures", "cat food", "calendar", "calculator", "car insurance", "car wash near me", "camera shop",
        "candle light dinner", "dictionary", "dictionary german", "dinner ideas", "dentist near me", "dog names", "dog training",
        "download music", "draw a circle", "email login", "egg salad", "electric bike", "english grammar", "easter eggs", "easy recipes",
        "flights to rome", "flights to tokyo", "flower shop", "football results", "french cheese", "free games", "fruit salad",
        "garden chairs", "garden plants", "games for two", "german grammar", "gift ideas", "guitar chords", "guitar lessons",
        "hotel in rome", "hotel near me", "hiking boots", "history of chess", "history of rome", "house plants", "holiday calendar",
        "ice cream near me", "ice cream recipe", "image search", "insurance", "italian grammar", "invoice template", "jacket", "jazz radio",
        "jobs near me", "jokes", "juice recipe", "kitchen table", "kitchen clock", "knitting for beginners", "language course", "lamp shop",
        "laptop", "laptop bag", "lemon cake", "library near me", "live news", "long division", "lunch ideas", "news", "news today",
        "newspaper", "night train", "number of planets", "neural network", "neural network course", "opening hours", "orange juice",
        "opera tickets", "online dictionary", "online course", "oven temperature", "quiz", "quick dinner", "quick pancakes", "salad recipe",
        "school holidays", "science museum", "sea temperature", "second hand books", "shoes", "shoe repair", "singing lessons", "sky tonight",
        "sleep music", "snow report", "soup recipe", "spanish grammar", "speed test", "spring flowers", "star map", "stock prices",
        "summer time", "sunset today", "swimming pool", "table tennis", "tax form", "tennis results", "timer", "time in tokyo", "tomato soup",
        "umbrella", "unit converter", "used cars", "used books", "vegetable soup", "video call", "violin lessons", "visa for japan",
        "walking boots", "wedding gift", "white shoes", "wine shop", "winter jacket", "winter tyres", "world map", "yoga for beginners",
        "yoga mat", "yellow pages", "zebra", "zoo tickets",
    ];
}
