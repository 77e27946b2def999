namespace Tracera.Architecture.Tests;

public sealed class CircleTests
{
    [Fact]
    public void Circle_NoWayBack_IsEmpty() =>
        Assert.Empty(Circle.Through("a", [Make("a", "b"), Make("b", "c"), Make("a", "c")]));

    [Fact]
    public void Circle_TwoWaysBack_IsTheShortest()
    {
        Arrow[] arrows = [Make("a", "b"), Make("b", "c"), Make("c", "a"), Make("b", "a")];

        Assert.Equal([arrows[0], arrows[3]], Circle.Through("a", arrows));
    }

    [Fact]
    public void Circle_ElsewhereOnly_IsEmpty() =>
        Assert.Empty(Circle.Through("a", [Make("a", "b"), Make("b", "c"), Make("c", "b")]));

    private static Arrow Make(string from, string to) => new(from, to, "");
}
