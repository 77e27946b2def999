using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Testing;

/// <summary>Checks that a provider that speaks HTTP keeps the contract of <see cref="IPriceProvider"/>, with a recorded answer and without a socket.</summary>
/// <remarks>
/// From a test of any framework; a provider that breaks a rule of <see cref="ProviderRules"/> makes it throw:
/// <code>
/// await ProviderConformance.For(services => services.AddTracera().AddCsFloat(http: http => http.ApiKey = "secret-of-tests"))
///     .Serve("Fixtures/csfloat.json")
///     .Secret("secret-of-tests")
///     .VerifyAsync();
/// </code>
/// The kit serves the answer whole, in pieces, cut off and with rows that it spoils itself, and answers with every failure of a venue. It finds the rows by
/// itself: the outermost array of objects, else the outermost object whose members are objects. A cycle of more than 10,000 requests or 1,000,000 rows counts as
/// one without an end. What is stuck is cancelled and, from then on, answered no more.
/// </remarks>
public sealed class ProviderConformance
{
    private readonly ConformanceSettings _settings = new();
    private readonly ProviderSubject _subject;

    private ProviderConformance(Func<ProviderSubject, Venue, TimeProvider, ProviderSession> open) => _subject = new ProviderSubject(open);

    /// <summary>Begins with a provider as an app registers it. All HTTP clients of the services then reach the kit in place of the network.</summary>
    /// <param name="configure">Registers it: <c>services => services.AddTracera().AddAcme()</c>. Called once for each cycle.</param>
    /// <returns>The kit.</returns>
    public static ProviderConformance For(Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return new ProviderConformance((subject, venue, time) => ProviderSession.FromServices(configure, subject.Name, venue, time));
    }

    /// <summary>Begins with a provider that is made by hand.</summary>
    /// <param name="create">Makes it on a handler: <c>venue => new AcmeProvider(new HttpClient(venue) { BaseAddress = … })</c>. Called once for each cycle.</param>
    /// <returns>The kit.</returns>
    public static ProviderConformance For(Func<HttpMessageHandler, IPriceProvider> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return new ProviderConformance((_, venue, _) => new ProviderSession(create(venue), new ProviderOptions(), venue, null));
    }

    /// <summary>Begins with a provider whose constructor takes an <see cref="HttpClient"/>; the client has a base address and nothing else.</summary>
    /// <remarks>A provider that leaves failures to the chain of <c>AddHttpProvider</c> is registered with it instead, as an app does.</remarks>
    /// <typeparam name="TProvider">The provider.</typeparam>
    /// <returns>The kit.</returns>
    public static ProviderConformance For<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>()
        where TProvider : class, IPriceProvider =>
        For(services => services.AddTracera().AddProvider(new ProviderRegistration(
            "conformance",
            provider => ActivatorUtilities.CreateInstance<TProvider>(provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(ProviderSession.PlainClient)))));

    /// <summary>Says which of several registered providers is meant.</summary>
    /// <param name="provider">Its registered name.</param>
    /// <returns>This kit.</returns>
    public ProviderConformance Named(string provider)
    {
        _subject.Name = provider;
        return this;
    }

    /// <summary>Serves a file to every request that <see cref="ServeAt"/> has nothing for.</summary>
    /// <param name="path">The file's path; a relative one starts at the test's own folder, where its fixtures are copied to, or at the current one.</param>
    /// <returns>This kit.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public ProviderConformance Serve(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var beside = Path.Combine(AppContext.BaseDirectory, path);
        return Serve(File.ReadAllBytes(File.Exists(beside) ? beside : path));
    }

    /// <summary>Serves a body to every request that <see cref="ServeAt"/> has nothing for; also to those for further pages, so that one with a cursor leads to itself.</summary>
    /// <param name="body">The body, as the venue sends it.</param>
    /// <returns>This kit.</returns>
    public ProviderConformance Serve(ReadOnlyMemory<byte> body)
    {
        _subject.Body = body.ToArray();
        return this;
    }

    /// <summary>Serves a body to requests of one address, for example of a sign-in or of a further page; it is never spoilt.</summary>
    /// <param name="pathAndQuery">The path with the query, beginning with a slash.</param>
    /// <param name="body">The body, as the venue sends it.</param>
    /// <returns>This kit.</returns>
    public ProviderConformance ServeAt(string pathAndQuery, ReadOnlyMemory<byte> body)
    {
        ArgumentException.ThrowIfNullOrEmpty(pathAndQuery);
        _subject.Others[pathAndQuery] = body.ToArray();
        return this;
    }

    /// <summary>Names a secret of the provider's configuration, which must not be in any message. Values of headers and of a query's parameters whose names say so (<c>Authorization</c>, <c>apiKey</c>, <c>access_token</c>) are found without.</summary>
    /// <param name="value">The secret.</param>
    /// <returns>This kit.</returns>
    public ProviderConformance Secret(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _subject.Secrets[value] = $"a secret that is named with {nameof(Secret)}(…)";
        return this;
    }

    /// <summary>Says that what a header or a query's parameter holds is no secret, though its name sounds as if it were: <c>token</c> for what is traded.</summary>
    /// <param name="name">The name of the header or parameter, in any case.</param>
    /// <returns>This kit.</returns>
    public ProviderConformance NotSecret(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _subject.NotSecrets.Add(name);
        return this;
    }

    /// <summary>Asks for a range of the past in place of cycles: the whole contract is checked on <see cref="IBackfillProvider.BackfillAsync"/>, and that prices carry their times, lie in the range and come oldest first.</summary>
    /// <remarks>Checks one side of a provider that has two; verify it once with and once without. The served answer is one for the range, with prices of more than one time.</remarks>
    /// <param name="from">The first instant, included.</param>
    /// <param name="to">The last instant, excluded; later than <paramref name="from"/>.</param>
    /// <returns>This kit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public ProviderConformance Backfill(DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        _subject.Range = (from, to);
        return this;
    }

    /// <summary>Leaves a rule out, because the provider breaks it on purpose.</summary>
    /// <param name="rule">One of <see cref="ProviderRules"/>.</param>
    /// <param name="reason">Why, for whoever reads the test.</param>
    /// <returns>This kit.</returns>
    public ProviderConformance Except(ConformanceRule rule, string reason)
    {
        _settings.Except(rule, reason);
        return this;
    }

    /// <summary>Sets how long one step may take: one cycle, or the first row of a long answer. Default: 30 s.</summary>
    /// <param name="span">The span, above zero.</param>
    /// <returns>This kit.</returns>
    public ProviderConformance Within(TimeSpan span)
    {
        _settings.SetWithin(span);
        return this;
    }

    /// <summary>Runs every check.</summary>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <returns>A task that ends when every rule is kept.</returns>
    /// <exception cref="ConformanceException">Rules are broken; the message names them all.</exception>
    /// <exception cref="InvalidOperationException">No body is served, it is not clear which provider is meant, or it cannot be asked for the past.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken = default)
    {
        if (_subject.Body.Length == 0)
        {
            throw new InvalidOperationException("There is nothing to serve: name a recorded answer with Serve(…).");
        }

        var findings = new Findings(_settings, cancellationToken);
        var name = await new ProviderBench(_subject, findings).NameAsync().ConfigureAwait(false);
        var ofThePast = _subject.Range is null ? [] : ProviderBackfillChecks.All;
        foreach (var (rule, check) in ProviderAnswerChecks.All.Concat(ProviderRowChecks.All).Concat(ProviderStreamChecks.All).Concat(ProviderFailureChecks.All).Concat(ofThePast))
        {
            await findings.CheckAsync(rule, own => check(new ProviderBench(_subject, own))).ConfigureAwait(false);
        }

        findings.ThrowIfBroken(name);
    }
}
