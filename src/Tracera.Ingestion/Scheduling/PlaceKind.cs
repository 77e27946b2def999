namespace Tracera.Ingestion;

/// <summary>Which places there are for cycles.</summary>
internal enum PlaceKind
{
    /// <summary>For providers that are not known to be slow.</summary>
    Prompt = 0,

    /// <summary>The one in which a slow provider may show that it is prompt again.</summary>
    Trial = 1,

    /// <summary>For slow providers; held as long as the cycle takes.</summary>
    Slow = 2,
}
