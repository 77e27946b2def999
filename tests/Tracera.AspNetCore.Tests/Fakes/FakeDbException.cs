using System.Data.Common;

namespace Tracera.AspNetCore.Tests;

internal sealed class FakeDbException() : DbException("The database is away.");
