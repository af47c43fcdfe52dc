namespace RnnGen.Serving;

/// <summary>Steps to be taken, by their index, and where their answers go.</summary>
internal interface ISteps<TKey, TInput>
{
    TKey Key(int step);

    ReadOnlySpan<TInput> Inputs(int step);

    Span<float> Outputs(int step);

    /// <summary>The step was taken or refused. If it was taken, its outputs are written.</summary>
    void Done(int step, StepResult result);

    /// <summary>The step cannot be taken, such as for a token that is not in the vocabulary.</summary>
    void Failed(int step, Exception exception);
}
