using System.Buffers.Text;

namespace Tracera.Redis;

/// <summary>What every message begins with: a version that says the kind, the epoch in 16 hexadecimal digits, the offset (8 bytes) and how many entries follow (4).</summary>
internal readonly record struct UpdateHeader(StreamPoint Point, UpdateKind Kind, int Count)
{
    public const int EpochDigits = 16;

    public static bool TryRead(ref WireReader reader, int shard, out UpdateHeader header)
    {
        var kind = (UpdateKind)reader.ReadByte();
        var digits = reader.ReadBytes(EpochDigits);
        var offset = reader.ReadInt64();
        var count = reader.ReadUInt32();
        header = default;
        if (reader.IsBroken
            || !Enum.IsDefined(kind)
            || !Utf8Parser.TryParse(digits, out long epoch, out var used, 'x')
            || used != EpochDigits
            || epoch <= 0
            || offset <= 0
            || count > reader.Left)
        {
            return false;
        }

        header = new UpdateHeader(new StreamPoint(shard, epoch, offset), kind, (int)count);
        return true;
    }
}
