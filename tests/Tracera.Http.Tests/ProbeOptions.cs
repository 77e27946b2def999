namespace Tracera.Http.Tests;

public sealed class ProbeOptions
{
    public string Market { get; set; } = "";

    public int PageSize { get; set; }
}
