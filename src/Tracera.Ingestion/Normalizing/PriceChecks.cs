using System.Buffers;
using System.Text;

namespace Tracera.Ingestion;

/// <summary>Decides which rows are prices. Immutable.</summary>
internal sealed class PriceChecks(IngestionOptions options)
{
    // Dividing by one with 28 decimals drops the trailing zeros of a decimal.
    private const decimal One = 1.0000000000000000000000000000m;
    private const int MaxLongDigits = 18;

    // No store can be asked for a text that holds it, and PostgreSQL keeps none; as little as one half of a surrogate pair, for which UTF-8 has no form.
    private const char Nul = '\0';
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';
    private readonly decimal _tooLarge = options.MaxIntegerDigits >= 28 ? decimal.MaxValue : Power(options.MaxIntegerDigits);
    private readonly ulong _surelySmall = (ulong)Power(Math.Min(options.MaxIntegerDigits, MaxLongDigits));
    private readonly int _maxDecimals = options.MaxDecimals;
    private readonly int _maxNameLength = options.MaxNameLength;
    private readonly long _maxAge = options.MaxTickAge.Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly long _maxLead = options.MaxClockLead.Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly ulong _span = (ulong)((options.MaxTickAge.Ticks / TimeSpan.TicksPerMicrosecond) + (options.MaxClockLead.Ticks / TimeSpan.TicksPerMicrosecond));

    /// <summary>What <see cref="IsKept(ItemKey)"/> takes, for a person.</summary>
    public string NamesAllowed =>
        $"a category and a name of 1 to {_maxNameLength} characters each, the name not of spaces alone, both without the character 0 and without halves of surrogate pairs";

    /// <summary>Tells at once of most rows that their numbers and times are those of a price; <see cref="CheckText"/> looks at the rest.</summary>
    /// <remarks>Times are compared once: how far one lies behind the oldest that is taken, which is a huge number where it lies before.</remarks>
    public bool IsPlain(in RawPrice raw, long observedAt, long now) =>
        IsPlain(raw.Price) && (!raw.Volume.HasValue || IsPlain(raw.Volume.GetValueOrDefault())) && (ulong)(observedAt - now + _maxAge) <= _span;

    /// <summary>Checks the name, the category and the source of one row.</summary>
    /// <returns>Why it is rejected; null when it is not by these.</returns>
    public string? CheckText(in RawPrice raw) =>
        string.IsNullOrWhiteSpace(raw.Name) || !IsKept(raw.Name) ? RejectReasons.BadName
        : string.IsNullOrEmpty(raw.Category) || !IsKept(raw.Category) || raw.Source is not { Currency.IsNone: false } source || !IsKept(source.Name) ? RejectReasons.BadRow
        : null;

    /// <summary>Whether an item of that name and category can be kept.</summary>
    public bool IsKept(ItemKey key) => !string.IsNullOrWhiteSpace(key.Name) && IsKept(key.Name) && !string.IsNullOrEmpty(key.Category) && IsKept(key.Category);

    /// <summary>Checks one row.</summary>
    /// <returns>Why it is rejected; null when it is a price.</returns>
    public string? Check(in RawPrice raw, long observedAt, long now, BatchLane lane)
    {
        if (CheckText(raw) is { } reason)
        {
            return reason;
        }

        var sign = Math.Sign(raw.Price);
        if (sign <= 0 || (!IsPlain(raw.Price) && !IsKept(raw.Price)))
        {
            return sign == 0 ? RejectReasons.NoPrice : RejectReasons.BadPrice;
        }

        return raw.Volume is { } volume && !IsPlain(volume) && (volume < 0 || !IsKept(volume)) ? RejectReasons.BadVolume
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

    // Almost every price is such a number, and telling needs no arithmetic: above zero, few digits in all, few of them behind the point.
    private bool IsPlain(decimal value)
    {
        var bits = DecimalBits.Of(value);
        return bits.High == 0 && bits.Flags >= 0 && bits.Low - 1 < _surelySmall - 1 && value.Scale <= _maxDecimals;
    }

    private bool IsKept(string? text) =>
        text is not null && text.Length <= _maxNameLength && !text.Contains(Nul) && HasWholeRunes(text);

    private static bool HasWholeRunes(ReadOnlySpan<char> text)
    {
        // Nearly every text has none, which is told many letters at a time.
        while (text.IndexOfAnyInRange(FirstSurrogate, LastSurrogate) is >= 0 and var at)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var consumed) != OperationStatus.Done)
            {
                return false;
            }

            text = text[(at + consumed)..];
        }

        return true;
    }

    private bool IsKept(decimal value) =>
        value < _tooLarge && (value.Scale <= _maxDecimals || (value / One).Scale <= _maxDecimals);
}
