-- Which record of a topic a product's last command came from, so that a record that comes again, or
-- one that is older than what was applied, changes nothing.
CREATE TABLE command_position (
    tenant           text    NOT NULL,
    catalog          text    NOT NULL,
    id               text    COLLATE "C" NOT NULL,
    topic            text    NOT NULL,
    -- What the source database calls the change (lsn, else ts_ms); -1 when it says nothing.
    source_version   bigint  NOT NULL,
    -- When the source made the change, else the record's timestamp; milliseconds since 1970.
    source_time      bigint  NOT NULL,
    record_partition integer NOT NULL,
    record_offset    bigint  NOT NULL,
    PRIMARY KEY (tenant, catalog, id, topic)
);
