-- The truth about catalogues and products. Nobody but index-service's writer role reads this schema.

CREATE TABLE catalog (
    row_id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant            text        NOT NULL,
    catalog           text        NOT NULL,
    schema            json        NOT NULL,
    schema_version    bigint      NOT NULL,
    -- Schema version that Kafka has acknowledged: less than schema_version = still to be sent.
    published_version bigint      NOT NULL,
    deleted           boolean     NOT NULL,
    -- Products still have to follow the last change: a new schema, or the deletion.
    sweep_pending     boolean     NOT NULL,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    UNIQUE (tenant, catalog)
);

-- A deleted product keeps its row without a document, so that its versions never go back.
CREATE TABLE product (
    tenant         text        NOT NULL,
    catalog        text        NOT NULL,
    id             text        COLLATE "C" NOT NULL,
    version        bigint      NOT NULL,
    schema_version bigint      NOT NULL,
    deleted        boolean     NOT NULL,
    document       json,
    content_hash   text        NOT NULL,
    semantic_text  text        NOT NULL,
    semantic_hash  text        NOT NULL,
    text_hash      text        NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant, catalog, id),
    CHECK (deleted = (document IS NULL))
);

CREATE INDEX product_live ON product (tenant, catalog) WHERE NOT deleted;

-- One row per product whose present state Kafka has not acknowledged.
CREATE TABLE outbox (
    tenant    text        NOT NULL,
    catalog   text        NOT NULL,
    id        text        COLLATE "C" NOT NULL,
    version   bigint      NOT NULL,
    -- When the oldest change that is waiting here was committed.
    marked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, catalog, id)
);

CREATE INDEX outbox_by_age ON outbox (marked_at);

-- The vector column becomes pgvector's type when the extension is there; PgvectorEmbeddingStore
-- does that at start, because an extension may appear, never disappear, between two starts.
CREATE TABLE product_embedding (
    tenant          text   NOT NULL,
    catalog         text   NOT NULL,
    id              text   COLLATE "C" NOT NULL,
    product_version bigint NOT NULL,
    model           text   NOT NULL,
    text_hash       text   NOT NULL,
    vector          real[] NOT NULL,
    PRIMARY KEY (tenant, catalog, id)
);
