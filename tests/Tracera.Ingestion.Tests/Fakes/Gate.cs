namespace Tracera.Ingestion.Tests;

/// <summary>Waits for what is observed by asking, in turns with everybody else.</summary>
internal static class Gate
{
    public static async Task WhenAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!condition())
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
