using System.Globalization;
using Npgsql;
using Tracera.Shared;

namespace Tracera.Postgres;

/// <summary>Reads the bars of one series.</summary>
internal static class BarPages
{
    public static async Task<Page<Bar>> ReadAsync(
        NpgsqlConnection connection, PostgresDatabase database, BarQuery query, long? after, CancellationToken cancellationToken)
    {
        var from = after + query.Level.WidthMicroseconds() ?? query.Level.Floor(UnixTime.ToMicroseconds(query.From));
        var to = SqlText.EndOf(query.To);
        var (item, source) = (SqlText.Of(query.Series.Item), SqlText.Of(query.Series.Source));
        var rows = new List<Bar>();
        if (from < to)
        {
            var sql = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                 SELECT {BarColumns.List}
                 FROM {database.Schema}.read_{query.Level.Name()}({SqlText.Of(from)}, {SqlText.Of(to)}, {item}, {item}) b
                 JOIN {database.Schema}.source s ON s.id = b.source_id WHERE b.source_id = {source} ORDER BY b.bucket LIMIT {query.Page.Limit + 1L}
                 """);
            var found = await CopyRows.OpenAsync(connection, sql, BarColumns.Count, cancellationToken).ConfigureAwait(false);
            await using (found.ConfigureAwait(false))
            {
                while (await found.NextAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(BarColumns.Bar(found));
                }
            }
        }

        return Cursor.Cut(rows, query.Page, static last => Cursor.Write(Cursor.Bars, last.StartMicroseconds));
    }
}
