namespace Tracera;

/// <summary>A running part as it was registered.</summary>
/// <param name="Name">Unique within the host; for logs.</param>
/// <param name="Stage">When it starts and stops, see <see cref="Stages"/>.</param>
/// <param name="Factory">Finds or makes the part; called once, at start.</param>
public sealed record ComponentRegistration(string Name, int Stage, Func<IServiceProvider, ITraceraComponent> Factory);
