namespace RnnGen.Tool.Import;

/// <summary>
/// Recognizes one step of an LSTM or a GRU that is written out as matrices, functions, products and sums: by the operation that makes the new state. The old
/// state is an input of the graph.
/// </summary>
internal static class WrittenOutCells
{
    /// <summary>Finds the cell whose last operation this is; null if it is none.</summary>
    public static Signal? Find(Call call, string operation, int positions, Wire[] a, Wire[] b)
    {
        Signal? cell = operation switch
        {
            "Mul" => Patterns.Orders(a, b).Select(pair => Lstm(call, positions, pair.First, pair.Second)).FirstOrDefault(found => found is not null),
            "Add" => Patterns.Orders(a, b).Select(pair => Gru(call, positions, pair.First, pair.Second)).FirstOrDefault(found => found is not null),
            _ => null,
        };
        return cell is null || call.Context.SetGrid(Grid.OneStep(positions))
            ? cell
            : throw call.Refuse($"expected one step of a cell that is written out, found several steps.");
    }

    /// <summary><c>h' = o ∘ tanh(c')</c> with <c>c' = f ∘ c + i ∘ g</c>.</summary>
    private static RecurrentSignal? Lstm(Call call, int positions, Wire[] output, Wire[] memory)
    {
        if (Gate(output) is not { } o || Patterns.Whole<FunctionSignal>(memory) is not { } tanh || Patterns.Operation(tanh.Operand, "Add") is not (var left, var right))
        {
            return null;
        }

        foreach ((Wire[] kept, Wire[] added) in Patterns.Orders(left, right))
        {
            foreach ((Wire[] forget, Wire[] c) in Patterns.Factors(kept))
            {
                foreach ((Wire[] input, Wire[] candidate) in Patterns.Factors(added))
                {
                    if (Gate(forget) is { } f && Gate(input) is { } i && Gate(candidate) is { } g && IsState(c) && f.Function == o.Function && i.Function == o.Function
                        && Operands(c, [i.Sum, f.Sum, g.Sum, o.Sum]) is (var x, var h))
                    {
                        return Lstm(call, positions, [i, f, g, o], x, h, c, tanh);
                    }
                }
            }
        }

        return null;
    }

    private static RecurrentSignal Lstm(Call call, int positions, GateOf[] gates, Wire[] x, Wire[] h, Wire[] c, FunctionSignal tanh)
    {
        Affine[] sums = Array.ConvertAll(gates, gate => gate.Sum);
        var cell = new CellWeights
        {
            Kind = CellKind.Lstm,
            Units = h.Length,
            InputWeights = [.. sums.SelectMany(sum => sum.WeightsOn(x))],
            StateWeights = [.. sums.SelectMany(sum => sum.WeightsOn(h))],
            InputBias = [.. sums.SelectMany(sum => sum.Bias())],
            StateBias = new double[4 * h.Length],
            Functions = [gates[3].Function, gates[2].Function, tanh.Function],
        };
        call.Context.Budget.Take(call.Place, cell.InputWeights.Length + cell.StateWeights.Length);
        var signal = new RecurrentSignal(call.Place, call, cell, x, positions, isReverse: false) { InitialH = Initial(h, positions), InitialC = Initial(c, positions) };
        Signal memory = tanh.Operand[0].Signal;
        memory.SameAs = new FinalStateSignal(signal, 'c', positions);
        return signal;
    }

    /// <summary><c>h' = n + z ∘ (h - n)</c>, or <c>h' = (1 - z) ∘ n + z ∘ h</c>.</summary>
    private static RecurrentSignal? Gru(Call call, int positions, Wire[] first, Wire[] second)
    {
        foreach ((Wire[] update, Wire[] difference) in Patterns.Factors(first))
        {
            if (Patterns.Operation(difference, "Sub") is (var h, var n) && Patterns.Same(n, second) && Gru(call, positions, update, n, h) is { } found)
            {
                return found;
            }

            foreach ((Wire[] keep, Wire[] old) in Patterns.Factors(second))
            {
                // Here, "update" is 1 - z and "difference" the candidate.
                if (Patterns.Whole<ScaleSignal>(update) is { } rest && rest.Factors.All(factor => factor == -1) && rest.Terms.All(term => term == 1)
                    && Patterns.Same(rest.Operand, keep) && Gru(call, positions, keep, difference, old) is { } standard)
                {
                    return standard;
                }
            }
        }

        return null;
    }

    private static RecurrentSignal? Gru(Call call, int positions, Wire[] update, Wire[] candidate, Wire[] h)
    {
        if (Gate(update) is not { } z || Patterns.Whole<FunctionSignal>(candidate) is not { } n || !IsState(h))
        {
            return null;
        }

        // The reset gate acts on the projected state, n = tanh(W·x + b + r ∘ (U·h + c)), ...
        foreach ((Wire[] fromInput, Wire[] product) in Patterns.Terms(n.Operand))
        {
            foreach ((Wire[] reset, Wire[] projected) in Patterns.Factors(product))
            {
                if (Gate(reset) is { } r && r.Function == z.Function && Affine.Of(fromInput) is { } input && Affine.Of(projected) is { } state
                    && Inputs([r.Sum, z.Sum, input], h) is { } x && !state.Signal.Operand.Except(h).Any() && !input.Signal.Operand.Intersect(h).Any())
                {
                    double[] zeros = new double[2 * h.Length];
                    return Make([r.Sum, z.Sum, input], [r.Sum, z.Sum, state], x, h, h, [.. zeros, .. state.Bias()], r.Function, isAfter: true);
                }
            }
        }

        // ... or on the state itself, n = tanh(W·x + b + U·(r ∘ h)).
        if (Affine.Of(n.Operand) is { } sum && sum.Signal.Operand.FirstOrDefault(wire => wire.Signal is OperationSignal).Signal is OperationSignal { Operation: "Mul" } resetState)
        {
            foreach ((Wire[] reset, Wire[] old) in Patterns.Orders(resetState.Left, resetState.Right))
            {
                Wire[] products = resetState.Wires();
                if (Patterns.Same(old, h) && Gate(reset) is { } r && r.Function == z.Function && Inputs([r.Sum, z.Sum], h) is { } x
                    && !sum.Signal.Operand.Except(products.Concat(x)).Any())
                {
                    return Make([r.Sum, z.Sum, sum], [r.Sum, z.Sum, sum], x, h, products, new double[3 * h.Length], r.Function, isAfter: false);
                }
            }
        }

        return null;

        RecurrentSignal Make(Affine[] sums, Affine[] stateSums, Wire[] x, Wire[] state, Wire[] candidateState, double[] stateBias, Function gates, bool isAfter)
        {
            var cell = new CellWeights
            {
                Kind = CellKind.Gru,
                Units = state.Length,
                InputWeights = [.. sums.SelectMany(s => s.WeightsOn(x))],
                StateWeights = [.. stateSums[0].WeightsOn(state), .. stateSums[1].WeightsOn(state), .. stateSums[2].WeightsOn(candidateState)],
                InputBias = [.. sums.SelectMany(s => s.Bias())],
                StateBias = stateBias,
                LinearBeforeReset = isAfter,
                Functions = [gates, n.Function],
            };
            call.Context.Budget.Take(call.Place, cell.InputWeights.Length + cell.StateWeights.Length);
            return new RecurrentSignal(call.Place, call, cell, x, positions, isReverse: false) { InitialH = Initial(state, positions) };
        }
    }

    /// <summary>A function of a sum; null if the columns are none.</summary>
    private static GateOf? Gate(Wire[] wires) =>
        Patterns.Whole<FunctionSignal>(wires) is { } function && Affine.Of(function.Operand) is { } sum ? new GateOf(function.Function, sum) : null;

    private static bool IsState(Wire[] wires) => wires.Length > 0 && wires.All(wire => wire.Signal is InputSignal && wire.Signal == wires[0].Signal);

    /// <summary>Inputs and state of an LSTM, by what the sums of its gates read. Of two inputs of the graph with as many columns as units, the later one is the state.</summary>
    private static (Wire[] X, Wire[] H)? Operands(Wire[] c, Affine[] sums)
    {
        Wire[] all = Read(sums);
        Wire[][] candidates = [.. all.Where(wire => wire.Signal is InputSignal).GroupBy(wire => (InputSignal)wire.Signal)
            .Where(group => group.Count() == c.Length)
            .OrderByDescending(group => group.Key == c[0].Signal).ThenByDescending(group => group.Key.Order)
            .Select(group => group.ToArray())];
        return candidates is [var h, ..] ? ([.. all.Except(h)], h) : null;
    }

    /// <summary>What sums read besides the state; null if they do not read all of it.</summary>
    private static Wire[]? Inputs(Affine[] sums, Wire[] h)
    {
        Wire[] all = Read(sums);
        return h.Except(all).Any() ? null : [.. all.Except(h)];
    }

    private static Wire[] Read(Affine[] sums) => [.. sums.SelectMany(sum => sum.Signal.Operand).Distinct()];

    private static InitialState Initial(Wire[] state, int positions) =>
        new(Elements: [.. Enumerable.Range(0, positions).SelectMany(row => state.Select(wire => new Element(wire.Signal, wire.Signal.IndexOf(row, wire.Column))))]);

    private sealed record GateOf(Function Function, Affine Sum);
}
