namespace Tracera.AspNetCore;

/// <summary>Ends a request with a problem document; the <see cref="ErrorBoundary"/> writes it.</summary>
/// <param name="problem">The document.</param>
internal sealed class ProblemException(ProblemAnswer problem) : Exception(problem.Detail)
{
    public ProblemAnswer Problem { get; } = problem;

    public static ProblemException NotFound(string code, string detail) =>
        new(new ProblemAnswer { Status = 404, Code = code, Detail = detail });

    public static ProblemException BadParameter(string parameter, string? value, string allowed) =>
        new(new ProblemAnswer
        {
            Status = 400,
            Code = ProblemCodes.BadParameter,
            Detail = $"The value '{value}' of '{parameter}' is refused; allowed: {allowed}.",
            Parameter = parameter,
            Value = value,
            Allowed = allowed,
        });

    public static ProblemException BadBody(string detail) =>
        new(new ProblemAnswer { Status = 400, Code = ProblemCodes.BadBody, Detail = detail });
}
