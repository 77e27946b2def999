using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Tells of rejected rows of one provider: of the first of each reason everybody, of the others those who debug, because a venue's bad rows come back in every cycle.</summary>
internal sealed class RejectSamples(string provider, ILogger logger)
{
    private const int PerReason = 3;
    private readonly RejectCounts _counts = new();

    /// <summary>The pipeline rejected a row; called by one thread at a time.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="reason">Why.</param>
    /// <param name="inCycle">How many of its reason there are in the cycle.</param>
    public void AddOwn(string? name, string reason, long inCycle)
    {
        if (inCycle <= PerReason || logger.IsEnabled(LogLevel.Debug))
        {
            Tell(new Rejection(reason, name, null), _counts.CountOwn(reason));
        }
    }

    /// <summary>The provider itself rejected a row.</summary>
    public void Add(Rejection rejection) => Tell(rejection, _counts.Add(rejection.Reason));

    private void Tell(Rejection rejection, long count)
    {
        var level = count <= PerReason ? LogLevel.Information : LogLevel.Debug;
        if (!logger.IsEnabled(level))
        {
            return;
        }

        if (rejection.Sample is { } sample)
        {
            RunnerLog.RejectedSample(logger, level, provider, rejection.Name ?? "", rejection.Reason, sample);
        }
        else
        {
            RunnerLog.Rejected(logger, level, provider, rejection.Name ?? "", rejection.Reason);
        }
    }
}
