-- Work with progress. A task outlives its process: it is taken up again, or ends with a reason.
CREATE TABLE task (
    id          text        PRIMARY KEY,
    tenant      text        NOT NULL,
    catalog     text        NOT NULL,
    kind        text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED')),
    done        bigint      NOT NULL,
    total       bigint,
    -- What a queued task needs to be run by any process; null = it is not taken up again.
    spec        json,
    report      json,
    error_code  text,
    error       text,
    -- The process that runs it, believed to be alive until then. Null for work that is found in its
    -- own table by any process, as the sweep of a catalogue is.
    owner       text,
    lease_until timestamptz,
    created_at  timestamptz NOT NULL,
    started_at  timestamptz,
    finished_at timestamptz
);

CREATE INDEX task_by_age ON task (tenant, created_at);
CREATE INDEX task_finished ON task (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX task_open ON task (tenant, catalog) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX task_one_replace ON task (tenant, catalog)
    WHERE kind = 'REPLACE' AND state IN ('QUEUED', 'RUNNING');
