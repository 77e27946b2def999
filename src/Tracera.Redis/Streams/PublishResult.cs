namespace Tracera.Redis;

/// <summary>What one script call did with its ticks.</summary>
/// <param name="Point">Where the stream stands after it.</param>
/// <param name="Written">How many became the latest.</param>
/// <param name="Corrected">How many corrected the latest.</param>
/// <param name="Duplicate">How many repeated it.</param>
internal readonly record struct PublishResult(StreamPoint Point, int Written, int Corrected, int Duplicate);
