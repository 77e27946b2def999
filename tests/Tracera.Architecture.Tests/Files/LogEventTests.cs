using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracera.Architecture.Tests.Files;

/// <summary>An operator finds what happened by the number of its event.</summary>
public sealed partial class LogEventTests
{
    [Fact]
    public void EventIds_OfAllPackages_StandForOneEventEach()
    {
        var events = RepositoryTree.SourceFiles()
            .SelectMany(file => Number().Matches(File.ReadAllText(file)).Select(match => (Id: int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture), File: RepositoryTree.Relative(file))))
            .ToList();

        Assert.True(events.Count > 50, $"{events.Count} events were found.");
        Assert.Empty(events.GroupBy(one => one.Id).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(one => one.File))}"));
    }

    [GeneratedRegex(@"LoggerMessage\((EventId = )?(?<id>\d+)")]
    private static partial Regex Number();
}
