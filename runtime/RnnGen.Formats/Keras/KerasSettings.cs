using System.Text;
using System.Text.Json;

namespace RnnGen.Formats;

/// <summary>A JSON object of a Keras configuration. What is missing, or of another type, is null.</summary>
/// <param name="Json">The object.</param>
internal readonly record struct KerasSettings(JsonElement Json)
{
    /// <summary>Parses JSON.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="name">The name of the text, for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="CheckpointException">It is not JSON.</exception>
    public static JsonElement Parse(string path, string name, string text)
    {
        try
        {
            byte[] json = Encoding.UTF8.GetBytes(text);
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Limits.Depth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                {
                    // Half of a surrogate pair is JSON, but no text: an exception here, and none later.
                    reader.GetString();
                }
            }

            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Limits.Depth });
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(CheckpointReason.Container, path, $"expected JSON in '{name}': {e}", e);
        }
    }

    /// <summary>A property, whatever its type.</summary>
    public JsonElement? Find(string name) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out JsonElement value) ? value : null;

    /// <summary>A property that is an object.</summary>
    public KerasSettings? Object(string name) => Find(name) is { ValueKind: JsonValueKind.Object } value ? new KerasSettings(value) : null;

    /// <summary>A property that is a list; empty if there is none.</summary>
    public IEnumerable<JsonElement> List(string name) => Find(name) is { } value ? Elements(value) : [];

    /// <summary>A property that is a text.</summary>
    public string? Text(string name) => Find(name) is { } value ? Text(value) : null;

    /// <summary>A property that is a whole number.</summary>
    public int? Integer(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : null;

    /// <summary>A property that is a number.</summary>
    public double? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number) ? number : null;

    /// <summary>A property that is true or false.</summary>
    public bool? Flag(string name) => Find(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>
    /// A property that is a function: its name. Keras 3 can write <c>{"class_name": "function", "config": "relu"}</c>, or a layer such as
    /// <c>{"class_name": "LeakyReLU", ...}</c>.
    /// </summary>
    public string? Function(string name)
    {
        if (Object(name) is not { } function)
        {
            return Text(name);
        }

        string? type = function.Text("class_name");
        return type == "function" ? function.Text("config") : type;
    }

    /// <summary>A property that is a shape; null stands for a size that the file leaves open.</summary>
    public IReadOnlyList<int?>? Shape(string name)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } shape)
        {
            return null;
        }

        return [.. shape.EnumerateArray().Select(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out int number) ? number : (int?)null)];
    }

    /// <summary>The elements of a list; none of another value.</summary>
    public static IEnumerable<JsonElement> Elements(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>A JSON value as a text, or null.</summary>
    public static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
