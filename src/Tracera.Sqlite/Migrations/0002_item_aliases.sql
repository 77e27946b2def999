CREATE TABLE item_aliases (
    provider    TEXT    NOT NULL,
    category    TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    to_category TEXT    NOT NULL,
    to_name     TEXT    NOT NULL,
    added_at    INTEGER NOT NULL,
    PRIMARY KEY (provider, category, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_aliases_by_name ON item_aliases (category, name);
CREATE INDEX item_aliases_by_target ON item_aliases (to_category, to_name);
