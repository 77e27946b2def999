using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Ingestion;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds aliases of items.</summary>
public static class TraceraBuilderItemAliasesExtensions
{
    /// <summary>Maps names that providers use onto the items that are meant, by a file; every merge is a line of it.</summary>
    /// <remarks>
    /// A <c>.csv</c> file begins with the line <c>provider,category,alias,to_category,name</c>; a <c>.json</c> file is a list of objects with those fields. <c>provider</c> may be empty for all
    /// and goes before them otherwise; <c>to_category</c> may be empty for the same. An item that is meant cannot be an alias itself. Taking a line out undoes the merge from the next start on:
    /// new prices go to the item of their own name again; prices that were stored stay where they are. Merges that are made while the host runs go through <see cref="IItemAliases"/>
    /// and the store's table, which is asked last. <c>AddIngestion()</c> reads the configuration's file too; this is for one that is named in code. May be called more than once; the last file counts. An <see cref="IItemMapper"/> of the app's own is asked
    /// beside it, in order of registration.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="file">The path; <c>Tracera:ItemAliases:File</c> overrides it.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddItemAliases(this ITraceraBuilder builder, string file = "")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(file);
        AddOptions(builder.Services);
        builder.Services.AddOptions<ItemAliasOptions>().Configure(options => options.File = file);
        return builder;
    }

    internal static void AddOptions(IServiceCollection services)
    {
        services.AddOptions<ItemAliasOptions>().ValidateOnStart();
        services.TryAddSingleton<AliasRules>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ItemAliasOptions>, ItemAliasOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ItemAliasOptions>, ItemAliasOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IItemMapper, AliasMapper>());
    }
}
