namespace Tracera.AspNetCore.Tests;

/// <summary>Sources that are kept outside the catalogue, in memory.</summary>
internal sealed class FakeSourceCache(params Source[] sources) : ISourceCache
{
    public IReadOnlyList<Source> Kept { get; private set; } = sources;

    public ValueTask PutAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        Kept = sources;
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<Source>> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Kept);
}
