using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Tells meters and traces of the writes of one sink. What listens there is the app's: what it throws is neither the sink's failure nor the pump's end, and is logged once.</summary>
internal sealed class Onlookers(string sink, WriteInstruments instruments, ILogger logger)
{
    private int _hasThrown;

    /// <summary>A write begins.</summary>
    /// <returns>Its activity; null where nobody listens.</returns>
    public Activity? Begin(PriceBatch batch)
    {
        try
        {
            return IngestionActivities.StartWrite(sink, batch);
        }
        catch (Exception error)
        {
            NoteThrown(error);
            return null;
        }
    }

    /// <summary>A write has ended.</summary>
    public void End(Activity? activity)
    {
        try
        {
            activity?.Dispose();
        }
        catch (Exception error)
        {
            NoteThrown(error);
        }
    }

    public void Wrote(int ticks, TimeSpan took)
    {
        try
        {
            instruments.Wrote(sink, ticks, took);
        }
        catch (Exception error)
        {
            NoteThrown(error);
        }
    }

    public void Failed(SinkFailure failure)
    {
        try
        {
            instruments.Failed(sink, failure);
        }
        catch (Exception error)
        {
            NoteThrown(error);
        }
    }

    private void NoteThrown(Exception error)
    {
        if (Interlocked.Exchange(ref _hasThrown, 1) == 0)
        {
            DispatchLog.OnlookerFailed(logger, error, sink);
        }
    }
}
