using System.Buffers;
using BenchmarkDotNet.Attributes;

namespace Tracera.Benchmarks;

/// <summary>Writing and reading a batch as bytes, per tick.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private const int Size = 1024;
    private readonly PriceBatch _batch = Names.Batch(Size);
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private byte[] _bytes = [];

    /// <summary>Encodes once, for the reading.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        Encode();
        _bytes = _output.WrittenSpan.ToArray();
    }

    /// <summary>Writes.</summary>
    [Benchmark(OperationsPerInvoke = Size)]
    public int Encode()
    {
        _output.ResetWrittenCount();
        BatchCodec.Encode(_batch, _output);
        return _output.WrittenCount;
    }

    /// <summary>Reads.</summary>
    [Benchmark(OperationsPerInvoke = Size)]
    public int Decode() => BatchCodec.Decode(_bytes).Count;
}
