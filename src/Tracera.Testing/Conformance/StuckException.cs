namespace Tracera.Testing;

/// <summary>A step of a verification has no end. No <see cref="TimeoutException"/>, because what is verified may throw one itself.</summary>
internal sealed class StuckException(string message) : Exception(message);
