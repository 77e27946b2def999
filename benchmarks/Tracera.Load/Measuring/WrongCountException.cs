namespace Tracera.Load;

/// <summary>A scenario counted wrongly, so that its figures mean nothing.</summary>
internal sealed class WrongCountException(string message) : Exception(message)
{
    /// <summary>Throws unless a count is what it must be.</summary>
    public static void ThrowUnless(long expected, long actual, string what)
    {
        if (expected != actual)
        {
            throw new WrongCountException($"{what}: {actual}; expected: {expected}.");
        }
    }
}
