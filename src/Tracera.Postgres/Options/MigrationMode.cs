namespace Tracera.Postgres;

/// <summary>Who brings the schema up to date.</summary>
public enum MigrationMode
{
    /// <summary>The host applies what is missing when it connects; several hosts may start at once.</summary>
    Apply = 0,

    /// <summary>The host only compares: it is not ready while a script is missing or was changed.</summary>
    Verify = 1,

    /// <summary>The host neither applies nor compares.</summary>
    Off = 2,
}
