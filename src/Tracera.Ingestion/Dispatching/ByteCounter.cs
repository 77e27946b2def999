using System.Buffers;

namespace Tracera.Ingestion;

/// <summary>Counts the bytes that a batch has as <see cref="BatchCodec"/> writes it. Not thread-safe.</summary>
internal sealed class ByteCounter : IBufferWriter<byte>
{
    private byte[] _scratch = new byte[1024];
    private long _count;

    public long Count(PriceBatch batch)
    {
        _count = 0;
        BatchCodec.Encode(batch, this);
        return _count;
    }

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint);

    private byte[] Room(int bytes) => bytes <= _scratch.Length ? _scratch : _scratch = new byte[bytes];
}
