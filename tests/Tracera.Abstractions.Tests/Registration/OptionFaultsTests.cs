namespace Tracera.Abstractions.Tests.Registration;

public sealed class OptionFaultsTests
{
    [Fact]
    public void Result_WithoutFault_IsSuccess() =>
        Assert.True(new OptionFaults("Tracera:X").Require(true, "A", 1, "1 to 2").Result.Succeeded);

    [Fact]
    public void Result_WithFaults_HasALineForEach()
    {
        var result = new OptionFaults("Tracera:X")
            .Require(false, "A", 7, "1 to 2")
            .Require(true, "B", 1, "anything")
            .Require(false, "C", TimeSpan.FromSeconds(90), "up to 00:01:00")
            .Require(false, "D", null, "a text")
            .Result;

        Assert.True(result.Failed);
        Assert.Equal(
            [
                "Tracera:X:A is '7'; allowed: 1 to 2.", "Tracera:X:C is '00:01:30'; allowed: up to 00:01:00.", "Tracera:X:D is ''; allowed: a text.",
            ],
            result.Failures);
    }
}
