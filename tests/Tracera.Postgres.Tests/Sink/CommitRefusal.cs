namespace Tracera.Postgres.Tests;

/// <summary>Lets the server do all the work of a batch and refuse its commit.</summary>
internal static class CommitRefusal
{
    public const string SetUp =
        """
        CREATE TABLE {schema}.refusal (n int);
        CREATE FUNCTION {schema}.refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF EXISTS (SELECT 1 FROM {schema}.refusal) THEN
                RAISE serialization_failure;
            END IF;
            RETURN NULL;
        END
        $body$;
        CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON {schema}.batch DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {schema}.refuse()
        """;

    public const string Begin = "INSERT INTO {schema}.refusal VALUES (1)";

    public const string End = "DELETE FROM {schema}.refusal";
}
