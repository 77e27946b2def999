using System.Globalization;
using Microsoft.Extensions.Options;

namespace Tracera;

/// <summary>Collects what is wrong with one section of options, a readable line a fault.</summary>
/// <param name="section">The configuration path of the section, for example <c>Tracera:Sqlite</c>.</param>
public sealed class OptionFaults(string section)
{
    private readonly List<string> _faults = [];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => _faults;

    /// <summary>What a validator answers.</summary>
    public ValidateOptionsResult Result =>
        _faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_faults);

    /// <summary>Adds a line unless a value is allowed.</summary>
    /// <param name="isAllowed">Whether it is.</param>
    /// <param name="key">The property.</param>
    /// <param name="value">Its value; never a secret.</param>
    /// <param name="allowed">What is allowed, for a person.</param>
    /// <returns>This object.</returns>
    public OptionFaults Require(bool isAllowed, string key, object? value, string allowed)
    {
        if (!isAllowed)
        {
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{section}:{key} is '{value}'; allowed: {allowed}."));
        }

        return this;
    }
}
