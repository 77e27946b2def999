namespace Tracera.Ingestion.Tests;

/// <summary>Dead letters in memory.</summary>
internal sealed class FakeDeadLetters : IDeadLetterLog
{
    private readonly Lock _gate = new();
    private readonly List<DeadLetter> _letters = [];
    private long _last;

    public IReadOnlyList<DeadLetter> Letters
    {
        get
        {
            lock (_gate)
            {
                return [.. _letters];
            }
        }
    }

    public ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _letters.AddRange(letters.Where(letter => !_letters.Exists(known => known.Tick == letter.Tick)).Select(letter => letter with { Id = ++_last }));
        }

        return default;
    }

    public ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var before = page.Cursor is { } cursor ? long.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture) : long.MaxValue;
        var rest = Letters.Where(letter => letter.Id < before).OrderByDescending(letter => letter.Id).ToList();
        var items = rest.Take(page.Limit).ToList();
        return new(new Page<DeadLetter>(items, rest.Count > items.Count ? $"{items[^1].Id}" : null));
    }

    public ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _letters.RemoveAll(letter => ids.Contains(letter.Id));
        }

        return default;
    }
}
