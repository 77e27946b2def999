using System.Runtime.CompilerServices;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>What is touched when a minute of a series ends: the open buckets of the wider levels, and where the rings stand.</summary>
internal struct SeriesTail
{
    /// <summary>The ring of each window.</summary>
    public RingStates Rings;

    /// <summary>For each window but the first, the ticks of its open bucket that are neither in its ring nor in the open bucket of the window before.</summary>
    public OpenBuckets Open;

    /// <summary>A bucket for each window; the first one is not used.</summary>
    [InlineArray(RingLayout.Windows)]
    internal struct OpenBuckets
    {
        private Bucket _first;
    }

    /// <summary>A state for each window.</summary>
    [InlineArray(RingLayout.Windows)]
    internal struct RingStates
    {
        private RingState _first;
    }
}
