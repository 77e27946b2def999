using Microsoft.Extensions.Options;

namespace Tracera.Sqlite;

/// <summary>Why a store cannot be opened, as one readable line that names the folder.</summary>
internal static class StoreFault
{
    public static OptionsValidationException Folder(string folder, string reason) =>
        new(nameof(SqliteOptions), typeof(SqliteOptions), [$"{SqliteOptions.SectionName}:{nameof(SqliteOptions.DataFolder)} is '{folder}'; {reason}"]);
}
