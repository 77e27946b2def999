using System.Text;

namespace Tracera.Realtime.Wire;

/// <summary>A position together with its text and the bytes that end a message with it, made once for all clients.</summary>
internal sealed class PositionText
{
    public PositionText(StreamPosition position)
    {
        Position = position;
        Text = position.ToString();
        Tail = Encoding.ASCII.GetBytes($",\"position\":\"{Text}\"}}");
    }

    public StreamPosition Position { get; }

    public string Text { get; }

    /// <summary>Stands in the place of the closing brace of a message.</summary>
    public ReadOnlyMemory<byte> Tail { get; }
}
