using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>The data source: the app's own, or one that is made here and disposed here.</summary>
internal sealed class PostgresSource : IAsyncDisposable, IDisposable
{
    private const string ApplicationName = "Tracera";

    // Room for a batch, so that whoever sends one is not woken for each piece of it.
    private const int SendBufferBytes = 1024 * 1024;
    private readonly NpgsqlDataSource? _own;

    public PostgresSource(IServiceProvider services, IOptions<PostgresOptions> options)
    {
        var foreign = options.Value.DataSourceKey is { } key
            ? services.GetRequiredKeyedService<NpgsqlDataSource>(key)
            : services.GetService<NpgsqlDataSource>();
        _own = foreign is null ? Build(options.Value, services.GetService<ILoggerFactory>()) : null;
        Value = foreign ?? _own!;
    }

    public NpgsqlDataSource Value { get; }

    public ValueTask DisposeAsync() => _own?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void Dispose() => _own?.Dispose();

    private static NpgsqlDataSource Build(PostgresOptions options, ILoggerFactory? loggers)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        builder.ConnectionStringBuilder.ApplicationName ??= ApplicationName;
        if (builder.ConnectionStringBuilder.SocketSendBufferSize == 0)
        {
            builder.ConnectionStringBuilder.SocketSendBufferSize = SendBufferBytes;
        }

        builder.ConnectionStringBuilder.CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        return builder.UseLoggerFactory(loggers).Build();
    }
}
