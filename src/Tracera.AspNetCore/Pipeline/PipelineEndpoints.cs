using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>The ledger and the queues of this host.</summary>
internal static class PipelineEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/pipeline", Read)
            .Describe("readPipeline", "Read the pipeline", "Reads what became of every price since this host started, and its queues.")
            .Answers<PipelineAnswer>()
            .Fails(401, 403);

    internal static JsonHttpResult<PipelineAnswer> Read([FromServices] IIngestionControl control, [FromServices] IEnumerable<ILiveClients> hubs)
    {
        var pipeline = control.GetPipeline();
        var answer = new PipelineAnswer
        {
            Providers = [.. pipeline.Providers.Select(ProviderLedgerRow.Of)],
            Sinks = [.. pipeline.Sinks.Select(SinkLedgerRow.Of)],
            Queues = [.. pipeline.Queues.Select(QueueRow.Of)],
            Writes = [.. pipeline.Writes.Select(WriteRow.Of)],
            Spools = [.. pipeline.Spools.Select(SpoolRow.Of)],
            Clients = hubs.FirstOrDefault()?.Connected,
        };
        return TypedResults.Json(answer, PipelineJson.Shared.PipelineAnswer);
    }
}
