namespace Tracera;

/// <summary>A row that was not taken.</summary>
/// <param name="Reason">A short code, one of <see cref="RejectReasons"/> or a provider's own in the same style (<c>snake_case</c>).</param>
/// <param name="Name">The item's name, where the row has one.</param>
/// <param name="Sample">A piece of the row, for a person; cut to <see cref="MaxSampleLength"/> characters.</param>
public readonly record struct Rejection(string Reason, string? Name, string? Sample)
{
    /// <summary>The longest sample that is kept, in characters.</summary>
    public const int MaxSampleLength = 200;
}
