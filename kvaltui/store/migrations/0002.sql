-- Who wrote a revision is proved, and when it came here is known apart from when its author says it was made.
-- `number`: the n-th revision of its device in its plan; 0 for those from before this step.
-- `here_at`: when this copy had it first, never later than its own time. Row marks come from it, so that a clock
-- elsewhere shifts nothing here. What is from the future today has come today at the latest.
-- `proof`: NULL for those from before this step; '' for what was written here or proved; else why it was not proved.
-- `seal`: what only the device that wrote it here can say about the chain; '' for what came from elsewhere.
DROP TRIGGER revision_is_never_changed;

ALTER TABLE revision ADD COLUMN number INTEGER NOT NULL DEFAULT 0 CHECK (number >= 0);

ALTER TABLE revision ADD COLUMN here_at TEXT NOT NULL DEFAULT '';

ALTER TABLE revision ADD COLUMN proof TEXT;

ALTER TABLE revision ADD COLUMN seal TEXT NOT NULL DEFAULT '';

UPDATE revision SET here_at = min(at, CASE received_at WHEN '' THEN at ELSE received_at END, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));

CREATE TRIGGER revision_is_never_changed BEFORE UPDATE ON revision
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE INDEX revision_of_device ON revision (plan, device, number);

CREATE TABLE about (
    name TEXT NOT NULL CHECK (name <> ''),
    value TEXT NOT NULL,
    PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

INSERT INTO about (name, value) VALUES ('id', lower(hex(randomblob(16))));

-- The first key that was seen of each device.
CREATE TABLE device (
    name TEXT NOT NULL CHECK (name <> ''),
    public_key TEXT NOT NULL CHECK (length(public_key) = 64),
    PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

-- What each device has last signed: how many revisions it has written in a plan, and their digest.
CREATE TABLE statement (
    plan TEXT NOT NULL CHECK (plan <> ''),
    device TEXT NOT NULL CHECK (device <> ''),
    revisions INTEGER NOT NULL CHECK (revisions >= 0),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    signature TEXT NOT NULL CHECK (length(signature) = 128),
    PRIMARY KEY (plan, device)
) STRICT, WITHOUT ROWID;
