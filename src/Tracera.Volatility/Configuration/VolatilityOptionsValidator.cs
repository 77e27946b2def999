using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Volatility.Configuration;

/// <summary>Refuses bad values, and a worker without a store to read from.</summary>
internal sealed class VolatilityOptionsValidator(IServiceProviderIsService registered) : IValidateOptions<VolatilityOptions>
{
    private const double MaxBollingerWidth = 100;
    private const int MaxMinimumObservations = 1_000_000;
    private const int MaxPageSize = 10_000;
    private const int MaxMaxSeries = 10_000_000;
    private const int MaxComparisonSample = 10_000;
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinRetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MinEmitInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MinComparisonInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxComparisonInterval = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, VolatilityOptions options)
    {
        var faults = new OptionFaults(VolatilityOptions.SectionName)
            .Require(
                !options.Enabled || registered.IsService(typeof(IPriceHistory)),
                nameof(options.Enabled),
                options.Enabled,
                "true only where a store is added, for example with AddSqlite()")
            .Require(options.Interval >= MinInterval && options.Interval <= MaxInterval, nameof(options.Interval), options.Interval, "00:00:00.1 to 01:00:00")
            .Require(options.Lookback >= TimeSpan.Zero && options.Lookback <= TenMinutes, nameof(options.Lookback), options.Lookback, "00:00:00 to 00:10:00")
            .Require(
                options.MaxRetryDelay >= MinRetryDelay && options.MaxRetryDelay <= TenMinutes,
                nameof(options.MaxRetryDelay),
                options.MaxRetryDelay,
                "00:00:01 to 00:10:00")
            .Require(
                options.BollingerWidth is > 0 and <= MaxBollingerWidth, nameof(options.BollingerWidth), options.BollingerWidth, "a number above 0 up to 100")
            .Require(
                options.MinimumObservations is >= 1 and <= MaxMinimumObservations,
                nameof(options.MinimumObservations),
                options.MinimumObservations,
                "1 to 1000000")
            .Require(options.PageSize is >= 1 and <= MaxPageSize, nameof(options.PageSize), options.PageSize, "1 to 10000")
            .Require(options.MaxSeries is >= 1 and <= MaxMaxSeries, nameof(options.MaxSeries), options.MaxSeries, "1 to 10000000");
        RequireWindows(faults, options.Windows ?? []);
        RequireStreaming(faults, options);
        return faults.Result;
    }

    private static void RequireWindows(OptionFaults faults, IList<string> windows)
    {
        var allowed = $"{string.Join(", ", Window.All)}, each once";
        for (var i = 0; i < windows.Count; i++)
        {
            var isAllowed = Window.TryParse(windows[i], out _) && windows.IndexOf(windows[i]) == i;
            faults.Require(isAllowed, $"{nameof(VolatilityOptions.Windows)}:{i}", windows[i], allowed);
        }
    }

    private void RequireStreaming(OptionFaults faults, VolatilityOptions options) => faults
        .Require(
            options.Mode == VolatilityMode.Worker || (options.Mode == VolatilityMode.Streaming && registered.IsService(typeof(StreamingMark))),
            nameof(options.Mode),
            options.Mode,
            "Worker, or Streaming where AddStreamingVolatility() was called")
        .Require(
            options.EmitInterval >= MinEmitInterval && options.EmitInterval <= MaxInterval, nameof(options.EmitInterval), options.EmitInterval, "00:00:00.05 to 01:00:00")
        .Require(
            options.ComparisonInterval >= MinComparisonInterval && options.ComparisonInterval <= MaxComparisonInterval,
            nameof(options.ComparisonInterval),
            options.ComparisonInterval,
            "00:01:00 to 1.00:00:00")
        .Require(
            options.ComparisonSample is >= 0 and <= MaxComparisonSample, nameof(options.ComparisonSample), options.ComparisonSample, "0 to 10000");
}
