using Microsoft.AspNetCore.Http;

namespace Tracera.AspNetCore;

/// <summary>Asks the scheduler for a run.</summary>
internal static class RunStarter
{
    /// <exception cref="ProblemException">The scheduler refuses, or everything that was asked for is running.</exception>
    public static async ValueTask<StartedRun> StartAsync(IIngestionControl control, RunRequest request, CancellationToken cancellationToken)
    {
        var ticket = await AskAsync(control, request, cancellationToken).ConfigureAwait(false);
        if (ticket.RunId is not { } id)
        {
            throw new ProblemException(new ProblemAnswer
            {
                Status = StatusCodes.Status409Conflict,
                Code = ProblemCodes.AlreadyRunning,
                Detail = "Every provider that was asked for is running already.",
                Skipped = ticket.Skipped,
            });
        }

        return new StartedRun { Id = id.Value, Started = ticket.Started, Skipped = ticket.Skipped };
    }

    private static async ValueTask<RunTicket> AskAsync(IIngestionControl control, RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await control.StartRunAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            throw ProblemException.BadBody(WithoutParameterName(exception));
        }
    }

    private static string WithoutParameterName(ArgumentException exception) =>
        exception.ParamName is { } name
            ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
            : exception.Message;
}
