namespace Tracera.Providers.Tests;

/// <summary>Tests that measure the memory of the process and so run beside no others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
