namespace Tracera.Load;

/// <summary>A clock that stands where it was put.</summary>
internal sealed class LoadClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
