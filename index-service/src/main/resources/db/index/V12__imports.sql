-- Version of the write that brought the product into its present life. A product that was deleted
-- and came again during a replacing import is another one than the import saw at its start.
ALTER TABLE product ADD COLUMN born bigint NOT NULL DEFAULT 1;

-- Products that a replacing import deletes at its end: all that existed at its start, without those
-- that its lines named so far.
CREATE TABLE replace_candidate (
    task_id text   NOT NULL,
    id      text   COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (task_id, id)
);

-- Bodies of imports that were accepted and are worked on in the background.
CREATE TABLE import_body (
    task_id text    NOT NULL,
    part    integer NOT NULL,
    bytes   bytea   NOT NULL,
    PRIMARY KEY (task_id, part)
);

-- Large bodies come compressed; compressing them again would only cost time.
ALTER TABLE import_body ALTER COLUMN bytes SET STORAGE EXTERNAL;
