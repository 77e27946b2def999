namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Composes Tracera: every package adds its own extension methods, and each may be called more than once.</summary>
public interface ITraceraBuilder
{
    /// <summary>The app's services.</summary>
    IServiceCollection Services { get; }
}
