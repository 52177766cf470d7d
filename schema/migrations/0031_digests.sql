-- What is stored is what was proven (reliability of a plan): what it says, the record that it belongs to, and each row of its tested values have a digest; the records are a chain.

-- Plans from before have NULL: their content was hashed over the columns of one of the schemas 13 to 30.
ALTER TABLE plan_hash ADD COLUMN schema_version INTEGER;                        -- whose columns the content is of
ALTER TABLE plan_hash ADD COLUMN record_sha256 TEXT CHECK (length(record_sha256) = 64); -- of content_sha256, the columns of `plan` that are no content with plan_basis, and the record of the plan before

-- What changed when the content is another: the digest of the rows in each table, and under `record` of what is no content.
CREATE TABLE plan_digest (
    plan                  INTEGER NOT NULL REFERENCES plan DEFERRABLE INITIALLY DEFERRED,
    name                  TEXT NOT NULL,
    sha256                TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (plan, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plan_digest_no_update BEFORE UPDATE ON plan_digest BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
CREATE TRIGGER plan_digest_no_delete BEFORE DELETE ON plan_digest BEGIN SELECT RAISE(ABORT, 'plans are never deleted'); END;

-- Of the row, the content of its plan, and the row before. It is written once, right after the row.
ALTER TABLE plan_value ADD COLUMN row_sha256 TEXT CHECK (length(row_sha256) = 64);
ALTER TABLE plan_release ADD COLUMN row_sha256 TEXT CHECK (length(row_sha256) = 64);
DROP TRIGGER plan_value_no_update;
CREATE TRIGGER plan_value_no_update BEFORE UPDATE ON plan_value WHEN OLD.row_sha256 IS NOT NULL OR NEW.row_sha256 IS NULL BEGIN SELECT RAISE(ABORT, 'plans are never changed'); END;
DROP TRIGGER plan_release_no_update;
CREATE TRIGGER plan_release_no_update BEFORE UPDATE ON plan_release WHEN OLD.row_sha256 IS NOT NULL OR NEW.row_sha256 IS NULL BEGIN SELECT RAISE(ABORT, 'releases are never changed'); END;

-- The same of snapshots of yields. Snapshots from before have no row: nothing is known of them.
CREATE TABLE yield_hash (
    snapshot              INTEGER PRIMARY KEY REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    content_sha256        TEXT NOT NULL CHECK (length(content_sha256) = 64),
    schema_version        INTEGER NOT NULL,
    record_sha256         TEXT NOT NULL CHECK (length(record_sha256) = 64)
) STRICT;

CREATE TABLE yield_digest (
    snapshot              INTEGER NOT NULL REFERENCES yield_snapshot DEFERRABLE INITIALLY DEFERRED,
    name                  TEXT NOT NULL,
    sha256                TEXT NOT NULL CHECK (length(sha256) = 64),
    PRIMARY KEY (snapshot, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER yield_hash_no_update BEFORE UPDATE ON yield_hash BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_hash_no_delete BEFORE DELETE ON yield_hash BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
CREATE TRIGGER yield_digest_no_update BEFORE UPDATE ON yield_digest BEGIN SELECT RAISE(ABORT, 'estimates are never changed'); END;
CREATE TRIGGER yield_digest_no_delete BEFORE DELETE ON yield_digest BEGIN SELECT RAISE(ABORT, 'estimates are never deleted'); END;
