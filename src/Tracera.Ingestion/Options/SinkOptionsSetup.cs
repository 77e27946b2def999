using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Tracera.Ingestion.SinkOptionsValidator;

namespace Tracera.Ingestion;

/// <summary>Reads the options of each sink from <c>Tracera:Sinks:&lt;name&gt;</c>, which overrides code.</summary>
internal sealed class SinkOptionsSetup(IServiceProvider services, IEnumerable<SinkRegistration> sinks) : IPostConfigureOptions<SinkOptions>
{
    public void PostConfigure(string? name, SinkOptions options)
    {
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        var reader = new SectionReader(services.GetService<IConfiguration>(), Path(name));
        options.QueueCapacity = reader.Read(nameof(options.QueueCapacity), options.QueueCapacity, QueueCapacityAllowed);
        options.Overflow = reader.ReadEnum(nameof(options.Overflow), options.Overflow);
        options.MergeTicks = reader.Read(nameof(options.MergeTicks), options.MergeTicks, MergeTicksAllowed);
        options.MergeBytes = reader.Read(nameof(options.MergeBytes), options.MergeBytes, MergeBytesAllowed);
        options.MergeAge = reader.Read(nameof(options.MergeAge), options.MergeAge, MergeAgeAllowed);
        options.BackfillShare = reader.Read(nameof(options.BackfillShare), options.BackfillShare, BackfillShareAllowed);
        options.WriteTimeout = reader.Read(nameof(options.WriteTimeout), options.WriteTimeout, WriteTimeoutAllowed);
        options.MinimumBackoff = reader.Read(nameof(options.MinimumBackoff), options.MinimumBackoff, MinimumBackoffAllowed);
        options.MaximumBackoff = reader.Read(nameof(options.MaximumBackoff), options.MaximumBackoff, MaximumBackoffAllowed);
        if (reader.Faults.Count > 0)
        {
            throw new OptionsValidationException(
                name, typeof(SinkOptions), [.. reader.Faults, .. Faults(name, options, IsDurable(sinks, name), HasSpools(services)).Lines]);
        }
    }
}
