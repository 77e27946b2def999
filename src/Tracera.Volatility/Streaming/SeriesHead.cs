using System.Runtime.InteropServices;
using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Streaming;

/// <summary>What a tick of a series touches: 128 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct SeriesHead
{
    /// <summary>The ticks of the open minute that are not in the rings yet.</summary>
    public Bucket Minute;

    /// <summary>The open minute's start.</summary>
    public long MinuteStart;

    /// <summary>When the newest tick was observed.</summary>
    public long Newest;

    /// <summary>The newest tick's price.</summary>
    public decimal Price;

    /// <summary>Whether ticks add up here; otherwise the store has to be asked.</summary>
    public bool IsLive;

    /// <summary>Whether the series stands in the list of those that changed.</summary>
    public bool IsChanged;
}
