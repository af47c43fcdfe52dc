using System.Globalization;
using System.Text;

namespace RnnGen;

/// <summary>How far a model is from another one of the same layers.</summary>
public sealed class CompareResult
{
    internal CompareResult()
    {
    }

    /// <summary>Whether both models have the same weights, bit for bit. If not, they differ in more than what they read.</summary>
    public bool HasSameWeights { get; internal init; }

    /// <summary>Number of windows.</summary>
    public int Windows { get; internal init; }

    /// <summary>Number of steps of all windows.</summary>
    public long Steps { get; internal init; }

    /// <summary>The error of all outputs.</summary>
    public SignalError Outputs { get; internal init; }

    /// <summary>The window with the largest difference of an output, from 0.</summary>
    public int Window { get; internal init; }

    /// <summary>Its step, from 0.</summary>
    public int Step { get; internal init; }

    /// <summary>Its output within the step, from 0; with several heads, the outputs of the first head come first.</summary>
    public int Output { get; internal init; }

    /// <summary>The error of each state, after every step; of models that need whole windows or answer only at the last step, after every window.</summary>
    public IReadOnlyList<StateError> States { get; internal init; } = [];

    /// <summary>
    /// The drift: the errors in each tenth of a sequence, from its start to its end. A sequence is a window, or the whole stream. An error that does not grow from part to
    /// part is forgotten as fast as it comes.
    /// </summary>
    public IReadOnlyList<PartError> Parts { get; internal init; } = [];

    /// <summary>The score of the first model; null without targets.</summary>
    public Score? Score { get; internal init; }

    /// <summary>The score of the second model.</summary>
    public Score? NarrowScore { get; internal init; }

    /// <summary>By how much the mean loss of the second model is larger; null without targets.</summary>
    public double? LossIncrease => NarrowScore?.Loss - Score?.Loss;

    /// <summary>Number of decisions: most probable classes, and outputs with a threshold.</summary>
    public long Decisions { get; internal init; }

    /// <summary>Number of decisions that the second model takes in another way.</summary>
    public long DecisionsChanged { get; internal init; }

    /// <summary>
    /// What comes of each layer that the second model reads in a narrow format, if its weights alone are rounded. The inputs and states of
    /// <see cref="WeightFormat.Int8"/> are not: that the second model does, all layers together.
    /// </summary>
    public IReadOnlyList<LayerSensitivity> Layers { get; internal init; } = [];

    /// <summary>
    /// The names of the layers to keep in floats, so that the bound of the options is kept; null without a bound. Those whose rounding costs most come first, each set is
    /// tried with its weights rounded, and the rounding of inputs and states is taken to add in proportion. Declare it, and compare again.
    /// </summary>
    public IReadOnlyList<string>? KeepWide { get; internal init; }

    /// <summary>The result as text and tables, the same in every culture.</summary>
    /// <returns>The text, several lines.</returns>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(culture, $"{Steps:N0} steps in {Windows:N0} {(Windows == 1 ? "window" : "windows")}\n");
        if (!HasSameWeights)
        {
            text.Append("The weights of the models differ: not all that follows is rounding.\n");
        }

        text.Append(culture, $"outputs: largest difference {Number(Outputs.Largest)} (window {Window}, step {Step}, output {Output}), root mean square {Number(Outputs.RootMeanSquare)}, {Decibels(Outputs)} dB\n");
        if (Score is Score score && NarrowScore is Score narrow)
        {
            text.Append(culture, $"loss: {Number(score.Loss)}, then {Number(narrow.Loss)} ({Signed(LossIncrease)})\n");
        }

        if (Decisions > 0)
        {
            text.Append(culture, $"decisions: {DecisionsChanged:N0} of {Decisions:N0} differ\n");
        }

        if (States.Count > 0)
        {
            Table(text, ["state", .. Headings], States.Select(state => (string[])[state.Name, .. Cells(state.Error)]));
        }

        Table(text, ["steps of a sequence", "largest of outputs", "root mean square", "largest of states", "root mean square"], Parts.Select(part => (string[])
        [
            string.Create(culture, $"{part.First} to {part.Last}"), Number(part.Outputs?.Largest), Number(part.Outputs?.RootMeanSquare), Number(part.States?.Largest), Number(part.States?.RootMeanSquare),
        ]));
        if (Layers.Count > 0)
        {
            Table(text, ["layer, its weights alone", "format", "bytes", "instead of", .. Headings, "loss"], Layers.Select(layer => (string[])
            [
                layer.Name, layer.Format.ToString(), layer.NarrowBytes.ToString("N0", culture), layer.Bytes.ToString("N0", culture), .. Cells(layer.Outputs), Signed(layer.LossIncrease),
            ]));
        }

        if (KeepWide is not null)
        {
            text.Append(culture, $"\nkeep in floats: {(KeepWide.Count == 0 ? "nothing" : string.Join(", ", KeepWide))}\n");
        }

        return text.ToString().TrimEnd();
    }

    private static string[] Headings => ["largest", "root mean square", "dB"];

    private static string[] Cells(SignalError error) => [Number(error.Largest), Number(error.RootMeanSquare), Decibels(error)];

    private static string Number(double? value) => value?.ToString("G3", CultureInfo.InvariantCulture) ?? "";

    private static string Decibels(SignalError error) => error.SignalToNoise.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Signed(double? value) => value?.ToString("+0.#####;-0.#####;0", CultureInfo.InvariantCulture) ?? "";

    private static void Table(StringBuilder text, string[] headings, IEnumerable<string[]> rows)
    {
        text.Append('\n');
        foreach (string line in TextTable.Lines([headings, .. rows], isNumber: column => column > 0))
        {
            text.Append("  ").Append(line).Append('\n');
        }
    }
}

/// <summary>The error of a state.</summary>
/// <param name="Name">Layer and state, such as <c>Memory.h</c>.</param>
/// <param name="Error">The error.</param>
public sealed record StateError(string Name, SignalError Error);

/// <summary>The errors in a part of a sequence.</summary>
/// <param name="First">The first step of the part, from 0.</param>
/// <param name="Last">The last one.</param>
/// <param name="Outputs">The error of the outputs; null if there were none.</param>
/// <param name="States">The error of all states; null if none was seen, as within the windows of models that need whole ones.</param>
public sealed record PartError(long First, long Last, SignalError? Outputs, SignalError? States);

/// <summary>What comes of rounding the weights of one layer alone.</summary>
/// <param name="Name">The name of the layer.</param>
/// <param name="Format">The format in which steps read it.</param>
/// <param name="Bytes">Bytes of its weights in floats, as a step reads them.</param>
/// <param name="NarrowBytes">Bytes in the narrow format.</param>
/// <param name="Outputs">The error of the outputs of the model.</param>
/// <param name="LossIncrease">By how much the mean loss grows; null without targets.</param>
public sealed record LayerSensitivity(string Name, WeightFormat Format, long Bytes, long NarrowBytes, SignalError Outputs, double? LossIncrease);
