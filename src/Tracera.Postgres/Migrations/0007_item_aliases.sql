CREATE TABLE {schema}.item_alias (
    provider    text        COLLATE "C" NOT NULL,
    category    text        COLLATE "C" NOT NULL,
    name        text        COLLATE "C" NOT NULL,
    to_category text        COLLATE "C" NOT NULL,
    to_name     text        COLLATE "C" NOT NULL,
    added_at    timestamptz NOT NULL,
    PRIMARY KEY (provider, category, name)
);
CREATE INDEX item_alias_by_name ON {schema}.item_alias (category, name);
CREATE INDEX item_alias_by_target ON {schema}.item_alias (to_category, to_name);
