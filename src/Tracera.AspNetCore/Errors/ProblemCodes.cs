namespace Tracera.AspNetCore;

/// <summary>The values of <see cref="ProblemAnswer.Code"/>.</summary>
internal static class ProblemCodes
{
    public const string BadParameter = "bad_parameter";
    public const string BadBody = "bad_body";
    public const string BadRequest = "bad_request";
    public const string UnknownItem = "unknown_item";
    public const string UnknownRun = "unknown_run";
    public const string AlreadyRunning = "already_running";
    public const string Unauthenticated = "unauthenticated";
    public const string Forbidden = "forbidden";
    public const string StoreUnavailable = "store_unavailable";
}
