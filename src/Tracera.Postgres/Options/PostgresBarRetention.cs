namespace Tracera.Postgres;

/// <summary>How long the bars of each level are kept. A wider level is kept at least as long as a narrower one.</summary>
public sealed class PostgresBarRetention
{
    /// <summary>The default of <see cref="Minute1"/>.</summary>
    public static readonly TimeSpan DefaultMinute1 = TimeSpan.FromDays(3);

    /// <summary>The default of <see cref="Minute15"/>.</summary>
    public static readonly TimeSpan DefaultMinute15 = TimeSpan.FromDays(30);

    /// <summary>The default of <see cref="Hour1"/>.</summary>
    public static readonly TimeSpan DefaultHour1 = TimeSpan.FromDays(90);

    /// <summary>The default of <see cref="Hour6"/>.</summary>
    public static readonly TimeSpan DefaultHour6 = TimeSpan.FromDays(365);

    /// <summary>The default of <see cref="Day1"/>.</summary>
    public static readonly TimeSpan DefaultDay1 = TimeSpan.FromDays(5 * 365);

    /// <summary>The default of <see cref="Day7"/>.</summary>
    public static readonly TimeSpan DefaultDay7 = TimeSpan.FromDays(20 * 365);

    /// <summary>Bars of one minute, 2 h or longer. Default: 3 days.</summary>
    public TimeSpan Minute1 { get; set; } = DefaultMinute1;

    /// <summary>Bars of fifteen minutes, 2 days or longer. Default: 30 days.</summary>
    public TimeSpan Minute15 { get; set; } = DefaultMinute15;

    /// <summary>Bars of one hour, 14 days or longer. Default: 90 days.</summary>
    public TimeSpan Hour1 { get; set; } = DefaultHour1;

    /// <summary>Bars of six hours, 60 days or longer. Default: 365 days.</summary>
    public TimeSpan Hour6 { get; set; } = DefaultHour6;

    /// <summary>Bars of one day. Default: 1,825 days.</summary>
    public TimeSpan Day1 { get; set; } = DefaultDay1;

    /// <summary>Bars of seven days, up to 36,500 days. Default: 7,300 days.</summary>
    public TimeSpan Day7 { get; set; } = DefaultDay7;

    internal TimeSpan Of(BarLevel level) => level switch
    {
        BarLevel.Minute1 => Minute1,
        BarLevel.Minute15 => Minute15,
        BarLevel.Hour1 => Hour1,
        BarLevel.Hour6 => Hour6,
        BarLevel.Day1 => Day1,
        _ => Day7,
    };
}
