namespace Tracera.Ingestion.Tests.Shows;

/// <summary>Tests that measure the process and therefore run beside no other.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
