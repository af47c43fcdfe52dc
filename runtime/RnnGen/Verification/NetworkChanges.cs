namespace RnnGen.Verification;

/// <summary>The conventions of a network: those of its cells, together and one by one, and those of its other layers.</summary>
internal static class NetworkChanges
{
    private static readonly ElementFunction?[] Outputs =
    [
        new(Activation.Affine), new(Activation.Sigmoid), new(Activation.Tanh), new(Activation.Relu), null, new(Activation.Elu), new(Activation.Softsign),
        new(Activation.HardSigmoid, 0.2, 0.5), new(Activation.HardSigmoid, 1 / 6d, 0.5), new(Activation.Softplus),
    ];

    public static IReadOnlyList<ConventionChange> Of(ReferenceNetwork network, int sequences)
    {
        (int Layer, int Cell)[] cells = [.. network.Layers.SelectMany((layer, index) => layer.Cells.Select((_, cell) => (index, cell)))];
        var changes = new List<ConventionChange>();
        if (cells.Length > 1)
        {
            changes.AddRange(Cells(network, cells, null));
        }

        foreach ((int layer, int cell) in cells)
        {
            ReferenceLayer owner = network.Layers[layer];
            changes.AddRange(Cells(network, [(layer, cell)], owner.Cells.Count == 1 ? owner.Name : $"{owner.Name}, level {cell / Directions(owner)}{(Directions(owner) == 1 ? "" : cell % 2 == 0 ? " forward" : " reverse")}"));
        }

        changes.AddRange(network.Layers.SelectMany((layer, index) => Layer(layer, index)));
        if (sequences > 1)
        {
            changes.Add(new(Convention.InitialState, null, "sequences continue from the last states of the one before", n => n with { CarriesState = true }));
        }

        return changes;
    }

    private static int Directions(ReferenceLayer layer) => layer.Declaration is RecurrentAttribute { Direction: Direction.Bidirectional } ? 2 : 1;

    private static IEnumerable<ConventionChange> Cells(ReferenceNetwork network, (int Layer, int Cell)[] cells, string? scope) =>
        from change in cells.SelectMany(cell => CellChanges.Of(network.Layers[cell.Layer].Cells[cell.Cell])).DistinctBy(change => change.Text)
        select new ConventionChange(change.Kind, scope, change.Text, n => cells.Aggregate(n, (current, cell) => Changed(current, cell.Layer, cell.Cell, change)));

    private static ReferenceNetwork Changed(ReferenceNetwork network, int index, int cell, CellChange change)
    {
        ReferenceLayer layer = network.Layers[index];
        return network.With(index, layer with { Cells = [.. layer.Cells.Select((own, k) => k == cell ? change.Apply(own) : own)] });
    }

    private static IEnumerable<ConventionChange> Layer(ReferenceLayer layer, int index)
    {
        if (layer.Declaration is DenseAttribute or HeadAttribute or ActivationAttribute)
        {
            foreach (ElementFunction? function in Outputs.Where(function => function != layer.Output))
            {
                string text = function is ElementFunction known ? known.ToString() : "softmax";
                yield return Change(Convention.Activation, $"the function of the outputs is {text}, where {layer.Output?.ToString() ?? "softmax"} is declared", l => l with { Output = function });
            }
        }

        if (layer.Declaration is DenseAttribute or HeadAttribute or EmbeddingAttribute)
        {
            int rows = layer.Declaration is EmbeddingAttribute ? layer.Declaration.Size : layer.Weight.Length / layer.Declaration.Size;
            yield return Change(Convention.Transposition, "the matrix is transposed: Transposed = true", l => l with { Weight = Vectors.Transpose(l.Weight, rows) });
            if (layer.Bias.Length > 0)
            {
                yield return Change(Convention.Biases, "there is no bias", l => l with { Bias = [] });
                yield return Change(Convention.Biases, "the bias is added twice", l => l with { Bias = [.. l.Bias.Select(value => 2 * value)] });
            }
        }

        if (layer.Declaration is RecurrentAttribute { Direction: Direction.Bidirectional })
        {
            yield return Change(Convention.Direction, "the weights of the directions are exchanged", l => l with { Cells = [.. l.Cells.Select((_, k) => l.Cells[k ^ 1])] });
            if (layer.Merge != Merge.Concat)
            {
                foreach (Merge merge in new[] { Merge.Sum, Merge.Average, Merge.Multiply }.Where(merge => merge != layer.Merge))
                {
                    yield return Change(Convention.Merge, $"the outputs of the directions become one by Merge.{merge}, where Merge.{layer.Merge} is declared", l => l with { Merge = merge });
                }
            }
        }
        else if (layer.Declaration is RecurrentAttribute recurrent)
        {
            string other = recurrent.Direction == Direction.Forward ? "Reverse" : "Forward";
            yield return Change(Convention.Direction, $"the layer reads the sequence the other way: declare Direction.{other}", l => l with { IsTurned = true });
            yield return Change(
                Convention.Direction, $"the layer reads the sequence the other way, and its outputs stay in that order: declare Direction.{other}, and turn the outputs", l => l with { IsTurned = true, KeepsOrder = true });
        }

        ConventionChange Change(Convention kind, string text, Func<ReferenceLayer, ReferenceLayer> apply) => new(kind, layer.Name, text, n => n.With(index, apply(n.Layers[index])));
    }
}
