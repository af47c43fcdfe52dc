using System.Globalization;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

/// <summary>Calls that must throw and change nothing.</summary>
internal static class Refused
{
    /// <summary>Runs a call on a state in the middle of a sequence, a tape in the middle of an accumulation and outputs that are set.</summary>
    /// <param name="subject">The model.</param>
    /// <param name="call">The call: state, outputs (as many as asked for), tape.</param>
    /// <param name="outputs">Length of the outputs.</param>
    /// <returns>The exception.</returns>
    public static TException Call<TException>(ModelUnderTest subject, Action<State, Memory<float>, Tape> call, int outputs = 0)
        where TException : Exception
    {
        State state = subject.RunningState();
        Tape tape = subject.RunningTape(2);
        return Call<TException>(subject, state, tape, outputs, call);
    }

    public static TException Call<TException>(ModelUnderTest subject, State state, Tape tape, int outputs, Action<State, Memory<float>, Tape> call)
        where TException : Exception
    {
        var room = new float[outputs];
        Array.Fill(room, 42);
        var picture = new Picture(subject, state, tape);

        var exception = Assert.Throws<TException>(() => call(state, room, tape));

        picture.AssertUnchanged();
        Assert.All(room, value => Assert.Equal(42, value));
        return exception;
    }

    /// <summary>Checks which argument an exception names, and the numbers that its message has.</summary>
    public static void Names(ArgumentException exception, string parameter, params int[] numbers)
    {
        Assert.Equal(parameter, exception.ParamName);
        foreach (int number in numbers)
        {
            Assert.Matches($@"(?<![\d-]){number.ToString(CultureInfo.InvariantCulture)}(?!\d)", exception.Message);
        }
    }
}
