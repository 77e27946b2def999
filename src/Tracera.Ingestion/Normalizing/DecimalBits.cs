using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>The parts of a decimal, in the order in which the runtime keeps them: that of the DECIMAL of OLE automation.</summary>
/// <param name="Flags">The sign in the highest bit, the scale in the third byte.</param>
/// <param name="High">The highest 32 of the 96 bits of the integer.</param>
/// <param name="Low">The other 64.</param>
internal readonly record struct DecimalBits(int Flags, uint High, ulong Low)
{
    public static DecimalBits Of(decimal value) => Unsafe.BitCast<decimal, DecimalBits>(value);
}
