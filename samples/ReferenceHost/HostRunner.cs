using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ReferenceHost;

/// <summary>Runs the host; what is wrong with its configuration becomes one readable line a fault on standard error, and exit code 78; so does an address in use, with 69.</summary>
internal static class HostRunner
{
    /// <summary>The exit code for wrong configuration: EX_CONFIG of sysexits.h.</summary>
    private const int ConfigurationFault = 78;

    /// <summary>The exit code for an address that somebody else listens on: EX_UNAVAILABLE of sysexits.h.</summary>
    private const int AddressInUse = 69;

    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (FindFaults(exception) is { Count: > 0 } faults)
        {
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync($"Configuration: {fault}");
            }

            return ConfigurationFault;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"Address: {exception.Message}");
            return AddressInUse;
        }
    }

    private static List<string> FindFaults(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures.Distinct()],
        AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            [.. many.InnerExceptions.SelectMany(FindFaults).Distinct()],
        _ => [],
    };
}
