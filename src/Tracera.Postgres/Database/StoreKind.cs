namespace Tracera.Postgres;

/// <summary>What the schema was made for. A schema keeps the kind that it was made with.</summary>
public enum StoreKind
{
    /// <summary>PostgreSQL itself: declarative partitions, and levels that this library rolls up.</summary>
    Plain = 0,

    /// <summary>TimescaleDB under its own licence: a hypertable with continuous aggregates.</summary>
    Timescale = 1,
}
