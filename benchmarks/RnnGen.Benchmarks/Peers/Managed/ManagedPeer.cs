namespace RnnGen.Benchmarks;

/// <summary>A network as a C# developer would write it without RnnGen.</summary>
internal sealed class ManagedPeer(string name, string version, Func<Shape, float[], Network> create) : Peer(name)
{
    public override string Version => version;

    public override Work Create(Workload workload) => workload.Mode.Trains() || !workload.Stored.AreFloats
        ? throw new NotSupportedException("inference with floats only")
        : new ManagedWork(create(workload.Shape, workload.Weights), workload);

    private sealed class ManagedWork(Network network, Workload workload) : LocalWork
    {
        private readonly float[][][] _states = [.. Enumerable.Range(0, workload.Streams).Select(_ => network.CreateState())];
        private readonly float[] _outputs = new float[workload.Shape.Steps * workload.Shape.Width];
        private int _turn;
        private int _row;

        public override bool IsManaged => true;

        public override float[] Check()
        {
            if (workload.Mode == Mode.Sequence)
            {
                Do(1);
                return [.. _outputs];
            }

            int width = workload.Shape.Width;
            var all = new float[workload.StepsToCheck * width];
            for (int k = 0; k < workload.StepsToCheck; k++)
            {
                Do(1);
                _outputs.AsSpan(0, width).CopyTo(all.AsSpan(k * width));
            }

            return all;
        }

        protected override void Do(int count)
        {
            int input = workload.Shape.Input;
            int width = workload.Shape.Width;
            for (; count > 0; count--)
            {
                if (workload.Mode == Mode.Sequence)
                {
                    foreach (float[] values in _states[0])
                    {
                        Array.Clear(values);
                    }

                    for (int step = 0; step < workload.Shape.Steps; step++)
                    {
                        network.Step(workload.Inputs.AsSpan(step * input, input), _states[0], _outputs.AsSpan(step * width, width));
                    }

                    continue;
                }

                network.Step(workload.Inputs.AsSpan(_row * input, input), _states[_turn], _outputs.AsSpan(0, width));
                _row = _row + 1 < workload.Shape.Steps ? _row + 1 : 0;
                _turn = _turn + 1 < _states.Length ? _turn + 1 : 0;
            }
        }
    }
}
