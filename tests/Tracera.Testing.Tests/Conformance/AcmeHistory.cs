using System.Runtime.CompilerServices;

namespace Tracera.Testing.Tests;

/// <summary>An <see cref="AcmeProvider"/> that can be asked for the past, by the book or with one flaw; its rows say <c>"at"</c>.</summary>
internal sealed class AcmeHistory(HttpMessageHandler venue, AcmeFlaw flaw) : IPriceProvider, IBackfillProvider
{
    public const string Body = """
        [{"name":"A","price":1.25,"stock":3,"at":"2026-07-20T08:00:00Z"},{"name":"B","price":0.1,"stock":0,"at":"2026-07-20T09:30:00Z"},
        {"name":"A","price":1.5,"stock":2,"at":"2026-07-20T10:00:00Z"},{"name":"C","price":700,"stock":12,"at":"2026-07-20T10:00:00Z"}]
        """;

    private readonly AcmeProvider _acme = new(venue, flaw);

    public static DateTimeOffset From { get; } = new(2026, 7, 20, 8, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset To { get; } = From.AddHours(3);

    public IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken) => _acme.FetchAsync(context, cancellationToken);

    public IAsyncEnumerable<RawPrice> BackfillAsync(FetchContext context, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var prices = ReadAsync(context, from, to, cancellationToken);
        return flaw == AcmeFlaw.NewestFirst ? prices.OrderByDescending(price => price.ObservedAt) : prices;
    }

    private async IAsyncEnumerable<RawPrice> ReadAsync(FetchContext context, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var price in _acme.FetchAsync(context, cancellationToken))
        {
            if (price.ObservedAt is not { } at)
            {
                context.Reject(price.Name, RejectReasons.BadRow);
            }
            else if (flaw != AcmeFlaw.WholeAnswer && (at < from || at > to || (at == to && flaw != AcmeFlaw.EndIncluded)))
            {
                context.Reject(price.Name, at < from ? RejectReasons.TooLate : RejectReasons.TooEarly);
            }
            else
            {
                yield return flaw == AcmeFlaw.NoTimes ? price with { ObservedAt = null } : price;
            }
        }
    }
}
