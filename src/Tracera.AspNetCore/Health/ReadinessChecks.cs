using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.AspNetCore;

/// <summary>Runs the checks that the packages have added, all at once, each within a deadline.</summary>
internal sealed class ReadinessChecks(
    IServiceProvider services,
    IEnumerable<HealthCheckRegistration> registrations,
    IOptions<ApiOptions> options,
    TimeProvider time,
    ILogger<ReadinessChecks> logger)
{
    private readonly HealthCheckRegistration[] _checks =
        [.. registrations.Where(check => check.Tags.Contains(TraceraTelemetry.ReadinessTag)).OrderBy(check => check.Name, StringComparer.Ordinal)];

    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    public async Task<HealthAnswer> RunAsync(CancellationToken cancellationToken)
    {
        var entries = await Task.WhenAll(_checks.Select(check => RunOneAsync(check, cancellationToken))).ConfigureAwait(false);
        return new HealthAnswer
        {
            Status = entries.Select(entry => entry.Status).DefaultIfEmpty(HealthStatus.Healthy).Min(),
            Entries = _checks.Zip(entries).ToDictionary(pair => pair.First.Name, pair => pair.Second),
        };
    }

    private async Task<HealthEntry> RunOneAsync(HealthCheckRegistration check, CancellationToken cancellationToken)
    {
        var timeout = check.Timeout > TimeSpan.Zero ? check.Timeout : options.Value.ReadinessTimeout;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var result = CheckAsync(check, either.Token);

        // A check that does not heed its token is left behind at the deadline.
        Task end = result.WaitAsync(either.Token);
        await end.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (end.IsCompletedSuccessfully)
        {
            var answer = await result.ConfigureAwait(false);
            Tell(check, answer);
            return new HealthEntry { Status = answer.Status, Description = answer.Description };
        }

        return Failed(check, end, timeout, deadline.IsCancellationRequested);
    }

    // What the answer keeps from strangers stands in the log: once for as long as it lasts.
    private void Tell(HealthCheckRegistration check, HealthCheckResult answer)
    {
        if (answer.Exception is null)
        {
            _told.TryRemove(check.Name, out _);
        }
        else if (_told.TryAdd(check.Name, true))
        {
            HealthLog.CheckFailed(logger, answer.Exception, check.Name);
        }
    }

    private HealthEntry Failed(HealthCheckRegistration check, Task end, TimeSpan timeout, bool isLate)
    {
        if (isLate)
        {
            HealthLog.CheckTimedOut(logger, check.Name, timeout);
            return new HealthEntry { Status = check.FailureStatus, Description = $"The check did not end within {timeout}." };
        }

        HealthLog.CheckFailed(logger, end.Exception?.InnerException, check.Name);
        return new HealthEntry { Status = check.FailureStatus, Description = "The check failed with an error; the log says which." };
    }

    // On a thread of its own, so that a check that blocks or throws before its first await does neither to the others.
    private Task<HealthCheckResult> CheckAsync(HealthCheckRegistration check, CancellationToken cancellationToken) => Task.Run(
        () => check.Factory(services).CheckHealthAsync(new HealthCheckContext { Registration = check }, cancellationToken), cancellationToken);
}
