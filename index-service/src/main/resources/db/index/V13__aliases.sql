-- An alias is a name like any other: one row, one version, one record on the topic. So a name cannot
-- be both, and a swap is one update.
ALTER TABLE catalog ADD COLUMN alias_of text;
ALTER TABLE catalog ADD CONSTRAINT alias_is_no_catalog CHECK (alias_of IS NULL OR deleted);
CREATE INDEX catalog_aliases ON catalog (tenant, alias_of) WHERE alias_of IS NOT NULL;
