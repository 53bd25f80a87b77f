-- Requests that were answered, by the key that their sender gave them. Written in the transaction
-- of the request's own effect, so there is never one without the other.
CREATE TABLE idempotency_key (
    tenant      text        NOT NULL,
    key         text        COLLATE "C" NOT NULL,
    -- What was asked, so that another request under the same key is noticed.
    fingerprint text        NOT NULL,
    -- What was answered; null only within the transaction that works on it.
    answer      text,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant, key)
);

CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);
