using System.Runtime.CompilerServices;
using System.Text;

namespace Tracera.Ingestion;

/// <summary>A name as the table of series keeps it: one byte a character where it is short and plain, else only its hash. 64 bytes.</summary>
internal struct PackedName
{
    private const int MaxLength = 54;
    private const byte NotWhole = byte.MaxValue;
    private Letters _letters;
    private byte _length;

    public uint Hash { get; private set; }

    public ushort Category { get; private set; }

    /// <summary>Whether the whole name is here; otherwise its text is kept elsewhere.</summary>
    public readonly bool IsWhole => _length != NotWhole;

    public void Set(string name, int category, uint hash)
    {
        (Hash, Category) = (hash, (ushort)category);
        var fits = name.Length is > 0 and <= MaxLength && Ascii.IsValid(name);
        _length = fits ? (byte)name.Length : NotWhole;
        if (fits)
        {
            Encoding.ASCII.GetBytes(name, _letters);
        }
    }

    /// <summary>Whether this is the name; only where the whole of it is here.</summary>
    public readonly bool Is(string name) => _length == name.Length && Ascii.Equals(((ReadOnlySpan<byte>)_letters)[..name.Length], name);

    [InlineArray(MaxLength)]
    private struct Letters
    {
        private byte _first;
    }
}
