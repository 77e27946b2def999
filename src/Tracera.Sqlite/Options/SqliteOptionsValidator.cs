using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Sqlite;

/// <summary>Refuses what cannot work, every fault at once.</summary>
internal sealed class SqliteOptionsValidator(IServiceProvider services) : IValidateOptions<SqliteOptions>
{
    private const string MaxTickAgeKey = "Tracera:Ingestion:MaxTickAge";
    private const long MinDiskBytes = 8L * 1024 * 1024;
    private const long MaxDiskBytes = 16L * 1024 * 1024 * 1024 * 1024;
    private const int MaxReaders = 64;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:?*;\"'");
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRecords = TimeSpan.FromDays(3_650);
    private static readonly TimeSpan LongestBars = TimeSpan.FromDays(36_500);

    public ValidateOptionsResult Validate(string? name, SqliteOptions options)
    {
        var faults = new OptionFaults(SqliteOptions.SectionName);
        CheckFile(faults, options);
        Within(faults, nameof(options.RunRetention), options.RunRetention, Hour, LongestRecords);
        Within(faults, nameof(options.BatchIdRetention), options.BatchIdRetention, Hour, TimeSpan.FromDays(30));
        Within(faults, nameof(options.DeadLetterRetention), options.DeadLetterRetention, Hour, LongestRecords);
        Within(faults, nameof(options.MaintenanceInterval), options.MaintenanceInterval, TimeSpan.FromSeconds(1), Hour);
        Within(faults, nameof(options.BusyTimeout), options.BusyTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        CheckBars(faults, options.BarRetention);
        CheckTicks(faults, options);
        return faults.Result;
    }

    private static void CheckFile(OptionFaults faults, SqliteOptions options) => faults
        .Require(!string.IsNullOrWhiteSpace(options.DataFolder), nameof(options.DataFolder), options.DataFolder, "the path of a folder")
        .Require(
            !string.IsNullOrWhiteSpace(options.FileName) && !options.FileName.AsSpan().ContainsAny(Forbidden) && options.FileName is not ("." or ".."),
            nameof(options.FileName),
            options.FileName,
            "a file's name without a folder")
        .Require(
            options.MaxDiskBytes is >= MinDiskBytes and <= MaxDiskBytes,
            nameof(options.MaxDiskBytes),
            options.MaxDiskBytes,
            $"{MinDiskBytes} to {MaxDiskBytes}")
        .Require(
            options.ReaderConnections is >= 1 and <= MaxReaders, nameof(options.ReaderConnections), options.ReaderConnections, $"1 to {MaxReaders}");

    private static void CheckBars(OptionFaults faults, SqliteBarRetention bars)
    {
        // A window looks back over its own length and, for the price before it, over one more.
        var least = TimeSpan.FromHours(2);
        foreach (var level in BarLevels.All)
        {
            var window = Window.All.FirstOrDefault(candidate => candidate.Level == level);
            least = window is not null && 2 * window.Length > least ? 2 * window.Length : least;
            Within(faults, $"{nameof(SqliteOptions.BarRetention)}:{level}", bars.Of(level), least, LongestBars);
            least = bars.Of(level) > least ? bars.Of(level) : least;
        }
    }

    private static void Within(OptionFaults faults, string key, TimeSpan value, TimeSpan least, TimeSpan most) =>
        faults.Require(value >= least && value <= most, key, value, $"{least} to {most}");

    private void CheckTicks(OptionFaults faults, SqliteOptions options)
    {
        Within(faults, nameof(options.TickRetention), options.TickRetention, Hour, options.BarRetention.Minute15);
        var text = services.GetService<IConfiguration>()?[MaxTickAgeKey];
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var age))
        {
            faults.Require(
                options.TickRetention > age, nameof(options.TickRetention), options.TickRetention, $"longer than {MaxTickAgeKey}, which is '{age}'");
        }
    }
}
