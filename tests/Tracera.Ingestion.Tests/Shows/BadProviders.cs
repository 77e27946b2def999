using System.Runtime.CompilerServices;

namespace Tracera.Ingestion.Tests.Shows;

/// <summary>Scripts of providers that misbehave, each in its own way.</summary>
internal static class BadProviders
{
    public const int BurstBytes = 50 * 1024 * 1024;
    public const int BurstRows = 100_000;
    public const int BadRows = 1_000_000;

    /// <summary>Waits for an answer that never comes.</summary>
    public static ScriptedProvider Hanging() =>
        new((_, token) => ScriptedProvider.HangAsync(new TaskCompletionSource().Task, token));

    public static ScriptedProvider Throwing(int number) => new((_, _) => throw new InvalidOperationException($"broken {number}"));

    /// <summary>Yields 50 MB of freshly made names in one go.</summary>
    public static ScriptedProvider Bursting() => new((_, _) => Burst().ToAsyncEnumerable());

    /// <summary>Reads a body that comes a byte a second, and would yield a row once it has all of it.</summary>
    public static ScriptedProvider Dripping(TimeProvider time) => new((_, token) => DripAsync(time, token));

    /// <summary>Blocks the thread that it is called on.</summary>
    public static ScriptedProvider Blocking(ManualResetEventSlim release) => new((_, _) =>
    {
        release.Wait(CancellationToken.None);
        return Array.Empty<RawPrice>().ToAsyncEnumerable();
    });

    /// <summary>Yields a million rows of which none is a price.</summary>
    public static ScriptedProvider Rubbish() => new((_, _) =>
        Enumerable.Range(0, BadRows).Select(n => ScriptedProvider.Row("rubbish", -n)).ToAsyncEnumerable());

    private static IEnumerable<RawPrice> Burst()
    {
        const int length = BurstBytes / BurstRows / sizeof(char);
        for (var n = 0; n < BurstRows; n++)
        {
            yield return ScriptedProvider.Row(new string((char)('a' + (n % 26)), length - 20) + (n % 1000), n + 1);
        }
    }

    private static async IAsyncEnumerable<RawPrice> DripAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(new DrippingStream(time));
        yield return ScriptedProvider.Row((await reader.ReadToEndAsync(cancellationToken))[..10], 1);
    }
}
