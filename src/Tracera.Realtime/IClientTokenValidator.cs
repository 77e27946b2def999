namespace Tracera.Realtime;

/// <summary>Judges the token that a client sends first where <see cref="RealtimeOptions.RequireAuthentication"/> is on. An app registers one.</summary>
/// <remarks>Thread-safe. A token is a secret: do not log it. An error closes the connection with 1011; the client may try again.</remarks>
public interface IClientTokenValidator
{
    /// <summary>Judges a token.</summary>
    /// <param name="token">What the client sent; not empty, at most 4 KiB, otherwise untrusted.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    /// <returns>Whether the client may stay; otherwise it is closed with 4503.</returns>
    ValueTask<bool> ValidateAsync(string token, CancellationToken cancellationToken);
}
