using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>A sink that is not durable conflates unless code or configuration says otherwise, so that it cannot hold up the durable one.</summary>
/// <remarks>Stands first among the steps that configure, so that any other overrides it.</remarks>
internal sealed class SinkOptionsDefaults(IEnumerable<SinkRegistration> sinks) : IConfigureNamedOptions<SinkOptions>
{
    public void Configure(string? name, SinkOptions options)
    {
        if (sinks.FirstOrDefault(sink => sink.Name == name) is { IsDurable: false })
        {
            options.Overflow = SinkOverflow.Conflate;
        }
    }

    public void Configure(SinkOptions options) => Configure(Microsoft.Extensions.Options.Options.DefaultName, options);
}
