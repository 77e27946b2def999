namespace Tracera.Ingestion;

/// <summary>Decides which rows are prices. Immutable.</summary>
internal sealed class PriceChecks(IngestionOptions options)
{
    // Dividing by one with 28 decimals drops the trailing zeros of a decimal.
    private const decimal One = 1.0000000000000000000000000000m;
    private readonly decimal _tooLarge = options.MaxIntegerDigits >= 28 ? decimal.MaxValue : Power(options.MaxIntegerDigits);
    private readonly long _maxAge = options.MaxTickAge.Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly long _maxLead = options.MaxClockLead.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Checks one row.</summary>
    /// <returns>Why it is rejected; null when it is a price.</returns>
    public string? Check(in RawPrice raw, long observedAt, long now, BatchLane lane)
    {
        if (string.IsNullOrWhiteSpace(raw.Name) || raw.Name.Length > options.MaxNameLength)
        {
            return RejectReasons.BadName;
        }

        if (string.IsNullOrEmpty(raw.Category) || raw.Category.Length > options.MaxNameLength || raw.Source is null || raw.Source.Currency.IsNone)
        {
            return RejectReasons.BadRow;
        }

        if (raw.Price <= 0)
        {
            return raw.Price == 0 ? RejectReasons.NoPrice : RejectReasons.BadPrice;
        }

        return !IsKept(raw.Price) ? RejectReasons.BadPrice
            : raw.Volume is { } volume && (volume < 0 || !IsKept(volume)) ? RejectReasons.BadVolume
            : observedAt > now + _maxLead ? RejectReasons.TooEarly
            : lane == BatchLane.Live && observedAt < now - _maxAge ? RejectReasons.TooLate
            : null;
    }

    private static decimal Power(int digits)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }

    private bool IsKept(decimal value) =>
        value < _tooLarge && (value.Scale <= options.MaxDecimals || (value / One).Scale <= options.MaxDecimals);
}
