using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tracera.EndToEnd.Tests;

/// <summary>Makes CSFloat price lists: names as the venue writes them, prices in whole cents, and bad rows among the good.</summary>
internal static class PriceList
{
    private const int BadRowEvery = 24;

    private static readonly string[] Weapons =
        ["AK-47", "AWP", "M4A1-S", "★ Karambit", "★ StatTrak™ Bayonet", "Souvenir P250", "Sealed Graffiti", "Sticker", "Music Kit", "Charm"];

    private static readonly string[] Finishes =
        ["Redline", "Asiimov", "Neo-Noir, Mk. 2", "Blood & Bone", "429 Error", "龍王 (Dragon King)", "\"Quoted\"", "Crème Pinstripe", "D.D.P.A.T.", "Case Hardened"];

    private static readonly string[] Wears =
        ["(Factory New)", "(Minimal Wear)", "(Field-Tested)", "(Well-Worn)", "(Battle-Scarred)"];

    private static readonly JsonSerializerOptions Wire = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A list with one bad row in every <c>24</c>, of each kind in turn.</summary>
    public static IReadOnlyList<PriceRow> WithBadRows(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => i % BadRowEvery == 5 ? Bad(i, i / BadRowEvery) : Good(NameOf(i), random.NextInt64(1, 2_000_000), random.Next(1, 5_000)))];
    }

    /// <summary>A list of good rows whose quantity says in which cycle it was served.</summary>
    public static IReadOnlyList<PriceRow> OfCycle(int count, int cycle) =>
        [.. Enumerable.Range(0, count).Select(i => Good(NameOf(i), CentsOf(i, cycle), cycle))];

    /// <summary>The price of an item in a cycle: another one each time.</summary>
    public static long CentsOf(int item, int cycle) => 100 + (((item * 7_919L) + (cycle * 104_729L)) % 1_000_000);

    public static string NameOf(int index) =>
        $"{Weapons[index % 10]} | {Finishes[index / 10 % 10]} {index / 500} {Wears[index / 100 % 5]}";

    private static PriceRow Good(string name, long cents, int quantity) =>
        new($$"""{"market_hash_name":{{Quote(name)}},"quantity":{{quantity}},"min_price":{{cents}}}""", name, cents, quantity, null);

    private static PriceRow Bad(int index, int kind)
    {
        var name = NameOf(index);
        var quoted = Quote(name);
        var (json, rejection) = (kind % 9) switch
        {
            0 => ($$"""{"market_hash_name":{{quoted}},"quantity":3,"min_price":0}""", "no_price"),
            1 => ($$"""{"market_hash_name":{{quoted}},"quantity":3,"min_price":null}""", "no_price"),
            2 => ($$"""{"market_hash_name":{{quoted}},"quantity":3,"min_price":"call us"}""", "bad_price"),
            3 => ($$"""{"market_hash_name":{{quoted}},"quantity":3}""", "no_price"),
            4 => ($$"""{"market_hash_name":{{quoted}},"quantity":0,"min_price":125}""", "no_price"),
            5 => ($$"""{"market_hash_name":{{quoted}},"quantity":3,"min_price":-125}""", "bad_price"),
            6 => ($$"""{"quantity":3,"min_price":125,"phase_name":"Ruby"}""", "bad_name"),
            7 => ("\"not a row\"", "bad_row"),
            _ => ("[1,2,3]", "bad_row"),
        };
        return new PriceRow(json, name, 0, 0, rejection);
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, Wire);
}
