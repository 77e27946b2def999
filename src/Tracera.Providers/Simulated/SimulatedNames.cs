using System.Globalization;

namespace Tracera.Providers;

/// <summary>Names of things that do not exist: an item keeps its name whatever the market's size and seed.</summary>
internal static class SimulatedNames
{
    // Shares no factor with the number of combinations, so that it visits each once, and neighbours look different.
    private const int Stride = 7_919;

    private static readonly string[] Things =
    [
        "Lantern", "Compass", "Sextant", "Astrolabe", "Hourglass", "Music Box", "Fountain Pen", "Pocket Watch", "Field Glasses", "Tea Set",
        "Chess Set", "Ship Model", "Weather Vane", "Snow Globe", "Paper Knife", "Walking Stick", "Telescope", "Barometer", "Typewriter", "Gramophone",
    ];

    private static readonly string[] Manners =
    [
        "Northern", "Silent", "Amber", "Velvet", "Crooked", "Ninth", "Distant", "Gilded", "Hollow", "Painted",
        "Restless", "Salted", "Scarlet", "Sunken", "Twin", "Wandering", "Winter", "Woven", "Burning", "Frosted",
    ];

    private static readonly string[] Motifs =
    [
        "Harbour", "Meadow", "Comet", "Orchard", "Tide", "Raven", "Canyon", "Lotus", "Monsoon", "Glacier",
        "Mosaic", "Ember", "Current", "Thistle", "Mirage", "Steppe", "Cathedral", "Carousel", "Nebula", "Delta",
    ];

    private static readonly string[] Conditions = ["Pristine", "Well Kept", "Handled", "Weathered", "Worn"];

    /// <summary>How many names there are before a series number is added.</summary>
    public static int Combinations => Things.Length * Manners.Length * Motifs.Length * Conditions.Length;

    public static string Of(int index)
    {
        var (series, place) = Math.DivRem(index, Combinations);
        var rest = (int)((long)place * Stride % Combinations);
        (rest, var thing) = Math.DivRem(rest, Things.Length);
        (rest, var manner) = Math.DivRem(rest, Manners.Length);
        (rest, var motif) = Math.DivRem(rest, Motifs.Length);
        var name = $"{Things[thing]} | {Manners[manner]} {Motifs[motif]} ({Conditions[rest]})";
        return series == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} Series {series + 1}");
    }
}
