using System.Diagnostics;

namespace Tracera.Load;

/// <summary>The time, the processor time and the memory that some work of this process takes.</summary>
internal readonly record struct CopyMeasure(double Seconds, double Work, long Bytes)
{
    public static async Task<CopyMeasure> OfAsync(Func<Task> run)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var work = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        await run();
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        return new CopyMeasure(seconds, (Environment.CpuUsage.TotalTime - work).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}
