using RnnGen;
using RnnGen.Formats;
using RnnGen.Testing;
using Strict;

var echo = new Echo(seed: 1);
using (Echo.Trainer trainer = echo.CreateTrainer(new Adam(0.01f)))
{
    trainer.Train(new float[Echo.SequenceLength * Echo.InputSize], new float[Echo.SequenceLength * Echo.OutputSize]);
}

Gradients.Check(echo);
Streams.Equal(echo);
Checkpoint.Same(echo);
echo.ExportNumpy(args[0]);
Console.WriteLine(TensorFiles.Read(args[0]));
