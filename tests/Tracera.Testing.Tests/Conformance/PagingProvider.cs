using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Tracera.Testing.Tests;

/// <summary>A provider that follows the venue's cursor until there is none; a deaf one passes its token on to nobody.</summary>
internal sealed class PagingProvider(HttpClient http, bool isDeaf = false) : IPriceProvider
{
    public const string FirstPage = """{"items":[{"name":"A","price":1.25}],"cursor":"next"}""";
    public const string LastPage = """{"items":[{"name":"B","price":2}]}""";

    private static readonly SourceDescriptor Source = new("paged", Currency.Usd);

    public PagingProvider(HttpMessageHandler venue, bool isDeaf = false)
        : this(new HttpClient(venue) { BaseAddress = new Uri("https://paged.test/") }, isDeaf)
    {
    }

    /// <summary>Rises with every cycle that ends, however it does.</summary>
    public CountSignal Ended { get; init; } = new();

    public int Begun { get; private set; }

    public async IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var token = isDeaf ? default : cancellationToken;
        Begun++;
        try
        {
            string? cursor = "first";
            do
            {
                var page = await http.GetFromJsonAsync<JsonElement>($"items?cursor={cursor}", token);
                foreach (var row in page.GetProperty("items").EnumerateArray())
                {
                    yield return new RawPrice("paged", row.GetProperty("name").GetString()!, row.GetProperty("price").GetDecimal(), Source);
                }

                cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
            }
            while (cursor is not null);
        }
        finally
        {
            Ended.Add(1);
        }
    }
}
