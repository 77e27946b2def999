namespace Tracera.Testing;

/// <summary>What a durable store's <see cref="IRunLog"/>, <see cref="IProviderLeases"/> and <see cref="IDeadLetterLog"/> are asked for.</summary>
public static class StoreRunRules
{
    /// <summary>A run is kept as it was told.</summary>
    public static ConformanceRule Runs { get; } = new(
        "store.runs", "Records a run that begins, with its providers' rows; replaces a provider's row in a running run; ends it; reads one run, or null.");

    /// <summary>Only the owner changes a run.</summary>
    public static ConformanceRule RunsFenced { get; } = new(
        "store.runs_fenced", "Changes are fenced by the run's owner: a change of a run that another owner has does nothing and answers false.");

    /// <summary>A run ends once.</summary>
    public static ConformanceRule RunsEndOnce { get; } = new(
        "store.runs_end_once", "Changes happen once: a change of a run that has ended does nothing and answers false. Calls may be repeated after an error: each is idempotent.");

    /// <summary>Runs whose lease is over end as failed.</summary>
    public static ConformanceRule RunsAbandoned { get; } = new(
        "store.runs_abandoned", "Ends as Failed (abandoned) every running run, and its running rows, whose lease is over; the asking owner's own runs are left alone. A heartbeat moves the lease.");

    /// <summary>Runs are listed newest first, with the filters that are asked for.</summary>
    public static ConformanceRule RunList { get; } = new("store.run_list", "Lists runs, newest first: in this state, with a row of this provider, begun at From or later and before To.");

    /// <summary>A lease has one holder, and its token rises with every change of owner.</summary>
    public static ConformanceRule Leases { get; } = new(
        "store.leases", "Takes or renews the lease of a provider: null while another host holds it. The token rises with every change of owner.");

    /// <summary>A lease that is given back is free, and a late release frees nobody else's.</summary>
    public static ConformanceRule LeaseRelease { get; } = new(
        "store.lease_release", "Gives a lease back, so that another host need not wait for its end; one that is no longer held is ignored.");

    /// <summary>Dead letters are kept once and listed newest first.</summary>
    public static ConformanceRule DeadLetters { get; } = new(
        "store.dead_letters", "Adding is idempotent by (sink, item, source, observed at, received at). Lists letters, newest first; their id is given anew, ascending.");

    /// <summary>Dead letters that were replayed are removed, and no others.</summary>
    public static ConformanceRule DeadLettersRemoved { get; } = new(
        "store.dead_letters_removed", "Removes letters that were replayed; unknown numbers are ignored.");

    /// <summary>A backfill that was interrupted goes on where it was.</summary>
    public static ConformanceRule Backfills { get; } = new(
        "store.backfills", "Begins a backfill, or takes up one that did not end: the instant from which to go on. A cursor moves forward only; one whose range is whole is forgotten.");

    /// <summary>Every rule of the runs, the leases and the dead letters.</summary>
    public static IReadOnlyList<ConformanceRule> All { get; } =
        [Runs, RunsFenced, RunsEndOnce, RunsAbandoned, RunList, Leases, LeaseRelease, DeadLetters, DeadLettersRemoved, Backfills];
}
