using System.Globalization;

namespace Tracera.Load;

/// <summary>Makes the rows of the scenario: of twenty, fifteen are new, four repeat an earlier one of the cycle, and one has no price.</summary>
/// <remarks>Every row has a freshly allocated name, as rows that were parsed have. The order of the items is that of a venue's answer: the same in every cycle.</remarks>
internal static class CoreFeed
{
    public const int Items = 10_000;
    public const string Category = "load:core";
    private const int Group = 20;
    private const int FreshInGroup = 15;
    private const int RepeatsInGroup = 4;

    /// <summary>Rows of one cycle.</summary>
    public static int Rows { get; } = Make(0).Length;

    /// <summary>Rows of one cycle that repeat another.</summary>
    public static int Repeats { get; } = Rows / Group * RepeatsInGroup;

    /// <summary>Rows of one cycle without a price.</summary>
    public static int Rejects => Rows - Items - Repeats;

    /// <summary>Makes one cycle.</summary>
    /// <param name="seed">Different prices and repeats for different seeds.</param>
    public static CoreRow[] Make(int seed)
    {
        var random = new Random(seed);
        var prices = new decimal[Items];
        var rows = new List<CoreRow>(Items / FreshInGroup * Group);
        for (int item = 0, at = 0; item < Items; at++)
        {
            switch (at % Group)
            {
                case < FreshInGroup:
                    prices[item] = new decimal(random.Next(1, 500_000), 0, 0, isNegative: false, scale: 2);
                    rows.Add(new CoreRow(NameOf(item), prices[item++]));
                    break;
                case < FreshInGroup + RepeatsInGroup:
                    var again = random.Next(item);
                    rows.Add(new CoreRow(NameOf(again), prices[again]));
                    break;
                default:
                    rows.Add(new CoreRow(NameOf(random.Next(Items)), 0));
                    break;
            }
        }

        return [.. rows];
    }

    private static string NameOf(int item) =>
        string.Create(CultureInfo.InvariantCulture, $"Weapon {item % 37} | Finish {item * 7919L % 100_003} (Field-Tested)");
}
