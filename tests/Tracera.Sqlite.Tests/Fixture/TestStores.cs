namespace Tracera.Sqlite.Tests;

/// <summary>Opens the store that the contract tests run against.</summary>
internal static class TestStores
{
    public static async Task<ITestStore> OpenAsync() => await TestStore.OpenAsync(TestContext.Current.CancellationToken);
}
