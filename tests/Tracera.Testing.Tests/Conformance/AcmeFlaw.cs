namespace Tracera.Testing.Tests;

/// <summary>What may be wrong with an <see cref="AcmeProvider"/>; each is one that a kit must find.</summary>
internal enum AcmeFlaw
{
    None,
    Empty,
    ZeroPrice,
    BlankName,
    NegativeVolume,
    NewDescriptors,
    NoCurrency,
    OddCurrency,
    Future,
    Counting,
    Float,
    EndsAtBadRow,
    SkipsBadRow,
    SkipsBadValue,
    Strict,
    Sentence,
    Buffers,
    Deaf,
    CancelsAsFailure,
    IgnoresTruncation,
    JsonException,
    IgnoresStatus,
    AuthIsTransient,
    NotFoundIsEmpty,
    NoRetryAt,
    PermanentFailures,
    EchoesAnswer,
    KeyInSample,
}
