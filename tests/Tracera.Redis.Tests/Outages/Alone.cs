namespace Tracera.Redis.Tests.Outages;

/// <summary>Tests that measure a rate, and so run beside no other.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
