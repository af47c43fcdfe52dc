using System.Text.Json;

namespace RnnGen.Formats;

/// <summary>What a layer reads: an output of another layer.</summary>
/// <param name="Layer">The name of the other layer.</param>
/// <param name="Call">Which of its calls made the output, if it is used more than once.</param>
/// <param name="Output">Which of its outputs: 0 is the result, others are states.</param>
/// <param name="Argument">The argument of the reading layer, such as <c>initial_state</c>; null for an input.</param>
internal sealed record KerasInput(string Layer, int Call, int Output, string? Argument = null)
{
    /// <summary>Reads the calls of a layer in a functional model: for each the outputs that it reads.</summary>
    public static IReadOnlyList<IReadOnlyList<KerasInput>> Calls(KerasSettings layer)
    {
        var calls = new List<IReadOnlyList<KerasInput>>();
        foreach (JsonElement node in layer.List("inbound_nodes"))
        {
            var inputs = new List<KerasInput>();
            if (node.ValueKind == JsonValueKind.Object)
            {
                // Keras 3: {"args": [...], "kwargs": {...}}.
                var call = new KerasSettings(node);
                foreach (JsonElement argument in call.List("args"))
                {
                    AddTensors(argument, null, inputs);
                }

                AddArguments(call.Object("kwargs"), inputs);
            }
            else
            {
                AddReferences(node, inputs);
            }

            calls.Add(inputs);
        }

        return calls;
    }

    /// <summary>Reads a list of outputs: <c>["x", 0, 0]</c>, or a list of such.</summary>
    public static IReadOnlyList<KerasInput> List(JsonElement? json)
    {
        var inputs = new List<KerasInput>();
        if (json is { } list)
        {
            AddReferences(list, inputs);
        }

        return inputs;
    }

    /// <summary>Keras 2: <c>["x", 0, 0, {arguments}]</c>, or a list of such.</summary>
    private static void AddReferences(JsonElement json, List<KerasInput> inputs)
    {
        if (Reference(json, null) is { } reference)
        {
            inputs.Add(reference);
            if (json.GetArrayLength() > 3)
            {
                AddArguments(new KerasSettings(json[3]), inputs);
            }
        }
        else
        {
            foreach (JsonElement element in KerasSettings.Elements(json))
            {
                AddReferences(element, inputs);
            }
        }
    }

    private static void AddArguments(KerasSettings? arguments, List<KerasInput> inputs)
    {
        if (arguments is { Json.ValueKind: JsonValueKind.Object } named)
        {
            foreach (JsonProperty argument in named.Json.EnumerateObject())
            {
                AddTensors(argument.Value, argument.Name, inputs);
            }
        }
    }

    /// <summary>Finds tensors in an argument: Keras 3 writes their history, Keras 2 a reference.</summary>
    private static void AddTensors(JsonElement json, string? argument, List<KerasInput> inputs)
    {
        if (Reference(json, argument) is { } reference)
        {
            inputs.Add(reference);
            return;
        }

        if (json.ValueKind == JsonValueKind.Object)
        {
            if (new KerasSettings(json).Object("config")?.Find("keras_history") is { } history && Reference(history, argument) is { } input)
            {
                inputs.Add(input);
            }

            return;
        }

        foreach (JsonElement element in KerasSettings.Elements(json))
        {
            AddTensors(element, argument, inputs);
        }
    }

    private static KerasInput? Reference(JsonElement json, string? argument) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() >= 3
        && KerasSettings.Text(json[0]) is { } layer
        && Number(json[1]) is { } call
        && Number(json[2]) is { } output
            ? new KerasInput(layer, call, output, argument)
            : null;

    private static int? Number(JsonElement json) => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int number) ? number : null;
}
