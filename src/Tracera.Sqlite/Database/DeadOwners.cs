namespace Tracera.Sqlite;

/// <summary>Takes from earlier processes what they held: the lock on the folder proves that they are dead.</summary>
internal static class DeadOwners
{
    public static void Release(SqliteSession session) => session.Transact(
        static transaction =>
        {
            transaction.Run("UPDATE runs SET lease_until = NULL WHERE state = 0");
            transaction.Run("UPDATE leases SET expires_at = 0");
            return 0;
        },
        writes: true);
}
