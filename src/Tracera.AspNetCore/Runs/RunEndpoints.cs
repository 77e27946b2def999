using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>The runs of the store.</summary>
internal static class RunEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/runs", ListAsync)
            .Describe("listRuns", "List runs", "Lists ingestion runs, newest first, each with its providers' rows.")
            .Answers<PageAnswer<RunRow>>()
            .Fails(400, 401, 403, 503);
        group.MapGet("/runs/{id}", ReadAsync)
            .Describe("readRun", "Read a run", "Reads one run with its providers' rows.")
            .Answers<RunRow>()
            .Fails(401, 403, 404, 503);
    }

    internal static async Task<JsonHttpResult<PageAnswer<RunRow>>> ListAsync(
        [AsParameters] RunListRequest request, [FromServices] IRunLog runs, CancellationToken cancellationToken)
    {
        var query = new RunQuery(
            QueryValues.Page(request.Limit, request.Cursor),
            QueryValues.OneOf<RunState>("state", request.State),
            QueryValues.Term("provider", request.Provider),
            QueryValues.Instant("from", request.From),
            QueryValues.Instant("to", request.To));
        if (query.From >= query.To)
        {
            throw ProblemException.BadParameter("from", request.From, "an instant before 'to'");
        }

        var page = await runs.ListAsync(query, cancellationToken).ConfigureAwait(false);
        var answer = new PageAnswer<RunRow> { Items = [.. page.Items.Select(RunRow.Of)], Next = page.Next };
        return TypedResults.Json(answer, RunsJson.Shared.PageAnswerRunRow);
    }

    internal static async Task<JsonHttpResult<RunRow>> ReadAsync(
        [Description("The run's id.")] string id, [FromServices] IRunLog runs, CancellationToken cancellationToken)
    {
        var run = RunId.TryParse(id, out var runId) ? await runs.FindAsync(runId, cancellationToken).ConfigureAwait(false) : null;
        return run is null
            ? throw ProblemException.NotFound(ProblemCodes.UnknownRun, $"There is no run '{id}'.")
            : TypedResults.Json(RunRow.Of(run), RunsJson.Shared.RunRow);
    }
}
