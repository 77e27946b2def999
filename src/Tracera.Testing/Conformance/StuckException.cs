namespace Tracera.Testing;

/// <summary>A step of a verification did not end in its time. No <see cref="TimeoutException"/>, because what is verified may throw one itself.</summary>
internal sealed class StuckException(TimeSpan within) : Exception($"It did not end within {within}.");
