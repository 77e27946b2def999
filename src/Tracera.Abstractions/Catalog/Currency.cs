using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Tracera;

/// <summary>An ISO 4217 currency code, or a venue's own asset code of three to eight characters, held in eight bytes.</summary>
/// <remarks>Codes are upper-case ASCII letters and digits. The default value is "none", whose code is empty. Nothing is ever converted between currencies.</remarks>
public readonly struct Currency : IEquatable<Currency>, ISpanParsable<Currency>
{
    /// <summary>The longest code that is allowed, in characters.</summary>
    public const int MaxLength = 8;

    private const int MinLength = 3;
    private const int MaxKeptCodes = 4_096;
    private static readonly ConcurrentDictionary<ulong, string> Codes = new();
    private readonly ulong _packed;

    private Currency(ulong packed) => _packed = packed;

    /// <summary>The United States dollar.</summary>
    public static Currency Usd { get; } = Parse("USD");

    /// <summary>The euro.</summary>
    public static Currency Eur { get; } = Parse("EUR");

    /// <summary>Whether this is the default value, which names no currency.</summary>
    public bool IsNone => _packed == 0;

    /// <summary>The code, for example <c>USD</c>; empty for the default value.</summary>
    public string Code => Codes.TryGetValue(_packed, out var code) ? code : Keep(_packed);

    /// <summary>Compares two codes.</summary>
    public static bool operator ==(Currency left, Currency right) => left._packed == right._packed;

    /// <summary>Compares two codes.</summary>
    public static bool operator !=(Currency left, Currency right) => left._packed != right._packed;

    /// <summary>Reads a code.</summary>
    /// <param name="code">Three to eight letters or digits in either case.</param>
    /// <returns>The currency.</returns>
    /// <exception cref="FormatException">The text is no such code.</exception>
    public static Currency Parse(string code) => Parse(code, null);

    /// <inheritdoc/>
    public static Currency Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static Currency Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var currency)
            ? currency
            : throw new FormatException($"'{s}' is not a currency code; allowed are {MinLength} to {MaxLength} letters or digits, such as USD.");

    /// <summary>Reads a code without throwing.</summary>
    /// <param name="code">The text, or null.</param>
    /// <param name="currency">The currency, or the default.</param>
    /// <returns>Whether the text is a code.</returns>
    public static bool TryParse([NotNullWhen(true)] string? code, out Currency currency) => TryParse(code.AsSpan(), null, out currency);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Currency result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Currency result)
    {
        result = default;
        if (s.Length is < MinLength or > MaxLength)
        {
            return false;
        }

        ulong packed = 0;
        foreach (var c in s)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }

            packed = (packed << 8) | char.ToUpperInvariant(c);
        }

        result = new Currency(packed);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Currency other) => _packed == other._packed;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Currency other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _packed.GetHashCode();

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    // One string for each code that is in use; a feed that makes codes up does not fill the memory with them.
    private static string Keep(ulong packed) => Codes.Count < MaxKeptCodes ? Codes.GetOrAdd(packed, Unpack) : Unpack(packed);

    private static string Unpack(ulong packed)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        var at = MaxLength;
        for (; packed != 0; packed >>= 8)
        {
            buffer[--at] = (char)(packed & 0xFF);
        }

        return new string(buffer[at..]);
    }
}
