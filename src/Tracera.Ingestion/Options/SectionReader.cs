using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Tracera.Ingestion;

/// <summary>Reads the values of one configuration section and collects those that cannot be read, a readable line each.</summary>
internal sealed class SectionReader(IConfiguration? configuration, string path)
{
    private readonly IConfigurationSection? _section = configuration?.GetSection(path);
    private readonly OptionFaults _faults = new(path);

    public IReadOnlyList<string> Faults => _faults.Lines;

    public T Read<T>(string key, T current, string allowed)
        where T : ISpanParsable<T>
    {
        if (_section?[key] is not { } text)
        {
            return current;
        }

        var isRead = T.TryParse(text, CultureInfo.InvariantCulture, out var value);
        _faults.Require(isRead, key, text, allowed);
        return isRead ? value! : current;
    }

    public T ReadEnum<T>(string key, T current)
        where T : struct, Enum
    {
        if (_section?[key] is not { } text)
        {
            return current;
        }

        var isRead = Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value);
        _faults.Require(isRead, key, text, string.Join(", ", Enum.GetNames<T>()));
        return isRead ? value : current;
    }

    public string ReadText(string key, string current) => _section?[key] ?? current;

    /// <summary>A list replaces what code has set; a single value is a list of one.</summary>
    public void ReadList(string key, IList<string> current)
    {
        var list = _section?.GetSection(key);
        var values = list?.GetChildren().Select(child => child.Value ?? "").ToList() ?? [];
        if (values.Count == 0 && list?.Value is { Length: > 0 } single)
        {
            values.Add(single);
        }

        if (values.Count > 0)
        {
            current.Clear();
            values.ForEach(current.Add);
        }
    }
}
