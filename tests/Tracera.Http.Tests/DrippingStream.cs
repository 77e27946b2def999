namespace Tracera.Http.Tests;

/// <summary>Gives a few bytes at a time, so that every border of a row falls between two reads.</summary>
internal sealed class DrippingStream(byte[] bytes, int step) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
}
