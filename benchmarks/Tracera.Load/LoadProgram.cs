namespace Tracera.Load;

/// <summary>Runs the scenarios that are named and prints one JSON line for each result; remarks go to the error stream.</summary>
internal static class LoadProgram
{
    private const int Ok = 0;
    private const int WrongCount = 1;
    private const int BadArguments = 2;
    private static readonly IReadOnlyList<IScenario> Scenarios =
        [new CoreScenario(), new SinkDownScenario(), new CopyScenario(), new WindowScenario(), new BackfillScenario(), new RedisScenario(), new MetricsScenario()];

    /// <summary>Runs the program.</summary>
    /// <returns>0; 1 when a scenario counted wrongly; 2 when there is no such scenario.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter remarks)
    {
        var allowed = string.Join(", ", Scenarios.Select(scenario => scenario.Name));
        if (arguments.Count == 0)
        {
            await remarks.WriteLineAsync($"Tracera.Load <scenario>…; allowed: {allowed}.");
            return BadArguments;
        }

        if (arguments.FirstOrDefault(name => Find(name) is null) is { } unknown)
        {
            await remarks.WriteLineAsync($"'{unknown}' is not a scenario; allowed: {allowed}.");
            return BadArguments;
        }

        try
        {
            foreach (var scenario in arguments.Select(name => Find(name)!))
            {
                await foreach (var result in scenario.RunAsync(remarks, CancellationToken.None))
                {
                    await output.WriteLineAsync(result.ToJson());
                }
            }

            return Ok;
        }
        catch (WrongCountException wrong)
        {
            await remarks.WriteLineAsync(wrong.Message);
            return WrongCount;
        }
    }

    private static IScenario? Find(string name) => Scenarios.FirstOrDefault(scenario => scenario.Name == name);
}
