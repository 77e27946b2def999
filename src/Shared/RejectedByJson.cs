using System.Text.Json.Serialization;

namespace Tracera.Shared;

/// <summary>The counts of rejected rows by reason, as JSON, without reflection.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, long>))]
internal sealed partial class RejectedByJson : JsonSerializerContext;
