using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Tracera.Shared;

namespace Tracera.Redis;

/// <summary>The names of the figures: a count, and each with its length before it.</summary>
/// <remarks>Equal lists that are read one after the other are one list, as those of an engine are, so that places in it are looked up once.</remarks>
internal static class FieldNames
{
    private const int MaxFields = 1_024;
    private static volatile string[] _last = [];

    public static void Write(IReadOnlyList<string> names, IBufferWriter<byte> output)
    {
        output.Advance(Varint.Write(output.GetSpan(10), (ulong)names.Count));
        foreach (var name in names)
        {
            var length = Encoding.UTF8.GetByteCount(name);
            var target = output.GetSpan(10 + length);
            var at = Varint.Write(target, (ulong)length);
            output.Advance(at + Encoding.UTF8.GetBytes(name, target[at..]));
        }
    }

    public static string[]? Read(ref WireReader reader)
    {
        var count = reader.ReadId();
        if (reader.IsBroken || count > MaxFields || count > reader.Left)
        {
            return null;
        }

        var known = _last;
        var isKnown = known.Length == count;
        var names = isKnown ? known : new string[count];
        for (var i = 0; i < count; i++)
        {
            var text = reader.ReadBytes(reader.ReadId());
            if (reader.IsBroken || !Utf8.IsValid(text))
            {
                return null;
            }

            if (isKnown && !Encoding.UTF8.GetString(text).Equals(known[i], StringComparison.Ordinal))
            {
                (names, isKnown) = ([.. known], false);
            }

            if (!isKnown)
            {
                names[i] = Encoding.UTF8.GetString(text);
            }
        }

        _last = names;
        return names;
    }
}
