using System.Buffers.Binary;

namespace Tracera.TestServers;

/// <summary>Follows what a client sends (PostgreSQL manual, message formats) and finds a point in it.</summary>
internal sealed class WireWatcher
{
    private const int HeaderBytes = 5;
    private static readonly byte[] Commit = "COMMIT\0"u8.ToArray();
    private readonly byte[] _header = new byte[HeaderBytes];
    private readonly byte[] _start = new byte[Commit.Length];
    private int _headerFilled = 1; // The first message has no type.
    private int _bodyLeft;
    private int _bodySeen;

    /// <summary>Takes the next bytes.</summary>
    /// <returns>How many of them stand before the point; -1 when it is not among them.</returns>
    public int Find(ReadOnlySpan<byte> bytes, ProxyPoint? point)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (_headerFilled < HeaderBytes)
            {
                _header[_headerFilled++] = bytes[at++];
                if (_headerFilled == HeaderBytes)
                {
                    (_bodyLeft, _bodySeen) = (BinaryPrimitives.ReadInt32BigEndian(_header.AsSpan(1)) - 4, 0);
                }
            }
            else
            {
                at += TakeBody(point == ProxyPoint.InsideCopy && _header[0] == 'd' ? bytes.Slice(at, 1) : bytes[at..]);
            }

            if (_headerFilled == HeaderBytes && IsPoint(point))
            {
                return point == ProxyPoint.BeforeCommit ? Math.Max(0, at - HeaderBytes - Commit.Length) : at;
            }

            if (_headerFilled == HeaderBytes && _bodyLeft == 0)
            {
                _headerFilled = 0;
            }
        }

        return -1;
    }

    private int TakeBody(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(_bodyLeft, bytes.Length);
        for (var i = 0; i < taken && _bodySeen + i < _start.Length; i++)
        {
            _start[_bodySeen + i] = bytes[i];
        }

        _bodyLeft -= taken;
        _bodySeen += taken;
        return taken;
    }

    private bool IsPoint(ProxyPoint? point) => point switch
    {
        ProxyPoint.InsideCopy => _header[0] == 'd' && _bodyLeft > 0 && _bodySeen > 0,
        ProxyPoint.AfterCopyDone => _header[0] == 'c' && _bodyLeft == 0,
        ProxyPoint.BeforeCommit or ProxyPoint.AfterCommit => _header[0] == 'Q' && _bodyLeft == 0 && _bodySeen == Commit.Length && _start.AsSpan().SequenceEqual(Commit),
        _ => false,
    };
}
