using System.Buffers;
using System.Text;

namespace Tracera.Http.Tests;

public sealed class JsonRowsTests
{
    private const string Mixed = """
         [ {"a":1,"b":[1,[2]],"c":"x]},{"} , 12, "te,xt" ,null,[], true, {"a":-1.5e3,"é":"★ ™"}]
        """;

    private static readonly string[] MixedRows =
        ["{\"a\":1,\"b\":[1,[2]],\"c\":\"x]},{\"}", "12", "\"te,xt\"", "null", "[]", "true", "{\"a\":-1.5e3,\"é\":\"★ ™\"}"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10_000)]
    public async Task Read_AnyPieces_GivesTheSameRows(int step) => Assert.Equal(MixedRows, await ReadAsync(Mixed, step));

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task Read_BehindAByteOrderMark_GivesTheSameRows(int step) => Assert.Equal(MixedRows, await ReadAsync($"\uFEFF{Mixed}", step));

    [Fact]
    public async Task Read_EmptyArray_GivesNothing() => Assert.Empty(await ReadAsync(" [ ] \n", 1));

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("{\"data\":[1]}", "")]
    [InlineData("12", "")]
    [InlineData("[1,2", "1")]
    [InlineData("[1,2,{\"a\":", "1 2")]
    [InlineData("[1,2,", "1 2")]
    [InlineData("[1,2 3]", "1 2")]
    [InlineData("[1,2]]", "1 2")]
    [InlineData("[1,2][3]", "1 2")]
    [InlineData("[1,{a:2}]", "1")]
    public async Task Read_MalformedDocument_IsBadPayloadAfterTheRowsBefore(string document, string before)
    {
        var rows = new List<string>();
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(document, 1, rows));
        Assert.Equal(ProviderFailure.BadPayload, failure.Failure);
        Assert.Equal(before, string.Join(' ', rows));
    }

    [Theory]
    [InlineData("[1,{a:2},3]", "1 3", 1)]
    [InlineData("[{\"a\":NaN},{\"b\":[1,]} , 3]", "3", 2)]
    [InlineData("[{\"a\":\"}\\\"]\",'x':1}, 3,{a}]", "3", 2)]
    [InlineData("[1,\"bad\",3]", "1 3", 1)]
    public async Task Read_BrokenRowInACycle_IsRejectedAndTheOthersAreRead(string document, string others, int rejected)
    {
        foreach (var step in (int[])[1, 3, 1_000])
        {
            var (rejections, rows) = (new List<Rejection>(), new List<string>());
            await ReadAsync(document, step, rows, Context(rejections));
            Assert.Equal(others, string.Join(' ', rows));
            Assert.Equal(rejected, rejections.Count);
            Assert.All(rejections, rejection => Assert.Equal(RejectReasons.BadRow, rejection.Reason));
        }
    }

    [Theory]
    [InlineData("[1,2 3]", "1 2")]
    [InlineData("[1,{a:2", "1")]
    [InlineData("[1,{a:2]", "1")]
    [InlineData("[1,[2}]", "1")]
    [InlineData("[1,2,{\"a\":", "1 2")]
    public async Task Read_BrokenDocumentInACycle_IsBadPayloadAfterTheRowsBefore(string document, string before)
    {
        var rows = new List<string>();
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(document, 1, rows, Context([])));
        Assert.Equal(ProviderFailure.BadPayload, failure.Failure);
        Assert.Equal(before, string.Join(' ', rows));
    }

    [Fact]
    public async Task Read_RowWithoutEnd_StopsAtTheBound()
    {
        var document = "[\"" + new string('x', JsonRows.MaxRowBytes + 100_000);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(document, 1 << 20));
        Assert.Contains($"{JsonRows.MaxRowBytes} bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_DeepRow_IsRead() =>
        Assert.Single(await ReadAsync($"[{new string('[', 200)}{new string(']', 200)}]", 100));

    private static async Task<List<string>> ReadAsync(string document, int step, List<string>? rows = null, FetchContext? context = null)
    {
        rows ??= [];
        await using var body = new DrippingStream(Encoding.UTF8.GetBytes(document), step);
        var read = context is null
            ? JsonRows.ReadAsync<string>(body, TryParse, TestContext.Current.CancellationToken)
            : JsonRows.ReadAsync<string>(context, body, TryParse, TestContext.Current.CancellationToken);
        await foreach (var row in read)
        {
            rows.Add(row);
        }

        return rows;
    }

    private static bool TryParse(in ReadOnlySequence<byte> row, out string value)
    {
        value = Encoding.UTF8.GetString(row);
        return value == "\"bad\"" ? throw new FormatException("bad") : true;
    }

    private static FetchContext Context(List<Rejection> rejections) =>
        new("acme", RunId.New(DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch, new ProviderOptions(), rejections.Add);
}
