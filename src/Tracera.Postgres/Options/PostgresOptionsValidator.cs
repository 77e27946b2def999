using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Postgres;

/// <summary>Refuses what cannot work, every fault at once.</summary>
internal sealed class PostgresOptionsValidator(IServiceProvider services) : IValidateOptions<PostgresOptions>
{
    private const string MaxTickAgeKey = "Tracera:Ingestion:MaxTickAge";
    private const int MaxWriters = 16;
    private const int MaxPartitionsAhead = 30;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRecords = TimeSpan.FromDays(3_650);
    private static readonly TimeSpan LongestBars = TimeSpan.FromDays(36_500);

    public ValidateOptionsResult Validate(string? name, PostgresOptions options)
    {
        var faults = new OptionFaults(PostgresOptions.SectionName);
        DataSourceRules.Check(faults, options, services);
        CheckNames(faults, options);
        CheckSpans(faults, options);
        CheckBars(faults, options.BarRetention);
        CheckTicks(faults, options);
        return faults.Result;
    }

    private static void CheckNames(OptionFaults faults, PostgresOptions options) => faults
        .Require(SchemaName.IsAllowed(options.Schema), nameof(options.Schema), options.Schema, SchemaName.Allowed)
        .Require(Enum.IsDefined(options.Migrations), nameof(options.Migrations), options.Migrations, "Apply, Verify or Off")
        .Require(
            options.WriterConnections is >= 1 and <= MaxWriters, nameof(options.WriterConnections), options.WriterConnections, $"1 to {MaxWriters}")
        .Require(
            options.PartitionsAhead is >= 1 and <= MaxPartitionsAhead, nameof(options.PartitionsAhead), options.PartitionsAhead, $"1 to {MaxPartitionsAhead}");

    private static void CheckSpans(OptionFaults faults, PostgresOptions options)
    {
        Within(faults, nameof(options.MigrationTimeout), options.MigrationTimeout, Second, TimeSpan.FromDays(1));
        Within(faults, nameof(options.CommandTimeout), options.CommandTimeout, Second, TimeSpan.FromMinutes(10));
        Within(faults, nameof(options.RetryInterval), options.RetryInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Within(faults, nameof(options.MaintenanceInterval), options.MaintenanceInterval, Second, Hour);
        Within(faults, nameof(options.RollInterval), options.RollInterval, TimeSpan.FromMilliseconds(100), Hour);
        Within(faults, nameof(options.RunRetention), options.RunRetention, Hour, LongestRecords);
        Within(faults, nameof(options.BatchIdRetention), options.BatchIdRetention, Hour, TimeSpan.FromDays(30));
        Within(faults, nameof(options.DeadLetterRetention), options.DeadLetterRetention, Hour, LongestRecords);
    }

    private static void CheckBars(OptionFaults faults, PostgresBarRetention bars)
    {
        // A window looks back over its own length and, for the price before it, over one more.
        var least = TimeSpan.FromHours(2);
        foreach (var level in BarLevels.All)
        {
            var window = Window.All.FirstOrDefault(candidate => candidate.Level == level);
            least = window is not null && 2 * window.Length > least ? 2 * window.Length : least;
            Within(faults, $"{nameof(PostgresOptions.BarRetention)}:{level}", bars.Of(level), least, LongestBars);
            least = bars.Of(level) > least ? bars.Of(level) : least;
        }
    }

    private static void Within(OptionFaults faults, string key, TimeSpan value, TimeSpan least, TimeSpan most) =>
        faults.Require(value >= least && value <= most, key, value, $"{least} to {most}");

    private void CheckTicks(OptionFaults faults, PostgresOptions options)
    {
        Within(faults, nameof(options.TickRetention), options.TickRetention, Hour, options.BarRetention.Minute15);
        Within(faults, nameof(options.CompressAfter), options.CompressAfter, Hour, options.TickRetention);
        var text = services.GetService<IConfiguration>()?[MaxTickAgeKey];
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var age))
        {
            faults
                .Require(options.TickRetention > age, nameof(options.TickRetention), options.TickRetention, $"longer than {MaxTickAgeKey}, which is '{age}'")
                .Require(options.CompressAfter > age, nameof(options.CompressAfter), options.CompressAfter, $"longer than {MaxTickAgeKey}, which is '{age}'");
        }
    }
}
