using System.Globalization;

namespace Tracera.Redis;

/// <summary>Epochs as they stand in Redis: 16 hexadecimal digits.</summary>
internal static class EpochText
{
    /// <summary>An epoch that nobody else has.</summary>
    public static string Next() => Random.Shared.NextInt64(1, long.MaxValue).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The epoch's number; 0 for what is none.</summary>
    public static long Parse(string? text) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var epoch) && epoch > 0 ? epoch : 0;
}
