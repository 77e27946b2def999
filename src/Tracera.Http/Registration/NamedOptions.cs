using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Tracera.Http;

/// <summary>The options of one name for whoever asks for options without naming any.</summary>
internal sealed class NamedOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    IOptionsMonitor<TOptions> monitor, string name) : IOptionsSnapshot<TOptions>, IOptionsMonitor<TOptions>
    where TOptions : class
{
    public TOptions Value => monitor.Get(name);

    public TOptions CurrentValue => Value;

    /// <summary>The options of a name; those of the provider where none is named.</summary>
    public TOptions Get(string? other) => monitor.Get(string.IsNullOrEmpty(other) ? name : other);

    /// <summary>Tells of changes of these options; those of other names are not told.</summary>
    public IDisposable? OnChange(Action<TOptions, string?> listener) => monitor.OnChange((value, changed) =>
    {
        if (changed == name)
        {
            listener(value, changed);
        }
    });
}
