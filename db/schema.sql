-- The schema of a kvaltui database, version 3, for reading: the steps in
-- kvaltui/store/migrations make it, and a test keeps the two equal.

CREATE TABLE plan (
    key TEXT NOT NULL CHECK (key <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    organisation TEXT NOT NULL,
    committee TEXT NOT NULL,
    registry_number TEXT NOT NULL,
    periods TEXT NOT NULL CHECK (json_valid(periods)),
    partial_from TEXT NOT NULL,
    partial_within TEXT NOT NULL,
    roll_up TEXT NOT NULL CHECK (roll_up IN ('standard', 'worst', 'share')),
    risk_bands TEXT NOT NULL CHECK (json_valid(risk_bands)),
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;

CREATE TABLE quality_factor (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE area (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    area_kind TEXT NOT NULL,
    parent TEXT CHECK (parent <> ''),
    note TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, parent) REFERENCES area (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE goal (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    area TEXT CHECK (area <> ''),
    parent TEXT CHECK (parent <> ''),
    goal_kind TEXT NOT NULL,
    intent TEXT NOT NULL,
    aliases TEXT NOT NULL CHECK (json_valid(aliases)),
    not_applicable INTEGER NOT NULL CHECK (not_applicable IN (0, 1)),
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, area) REFERENCES area (plan, key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, parent) REFERENCES goal (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    area TEXT CHECK (area <> ''),
    goal TEXT CHECK (goal <> ''),
    display_name TEXT NOT NULL,
    service TEXT NOT NULL,
    unit TEXT NOT NULL,
    decimals INTEGER,
    direction TEXT NOT NULL CHECK (direction IN ('higher', 'lower', 'band', 'neutral')),
    frequency TEXT NOT NULL CHECK (frequency IN ('year', 'half-year', 'tertial', 'quarter', 'month')),
    cumulative INTEGER NOT NULL CHECK (cumulative IN (0, 1)),
    breakdown TEXT NOT NULL CHECK (json_valid(breakdown)),
    aggregate TEXT NOT NULL CHECK (aggregate IN ('none', 'ratio', 'sum', 'range')),
    quality_factors TEXT NOT NULL CHECK (json_valid(quality_factors)),
    definition TEXT NOT NULL,
    numerator TEXT NOT NULL,
    denominator TEXT NOT NULL,
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('new', 'active', 'discontinued')),
    partial_from TEXT,
    partial_within TEXT,
    series_breaks TEXT NOT NULL CHECK (json_valid(series_breaks)),
    is_core_volume INTEGER NOT NULL CHECK (is_core_volume IN (0, 1)),
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL, responsible TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, area) REFERENCES area (plan, key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, goal) REFERENCES goal (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE target (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    indicator TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]*'),
    part TEXT NOT NULL,
    value TEXT NOT NULL,
    horizon TEXT NOT NULL,
    rule TEXT,
    low TEXT,
    high TEXT,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, indicator) REFERENCES indicator (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE outcome (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    indicator TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]*'),
    part TEXT NOT NULL,
    reading INTEGER NOT NULL CHECK (reading >= 1),
    value TEXT NOT NULL,
    forecast TEXT NOT NULL,
    as_of TEXT CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    low TEXT,
    high TEXT,
    operator TEXT,
    numerator TEXT,
    denominator TEXT,
    is_estimated INTEGER CHECK (is_estimated IN (0, 1)),
    missing TEXT,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, indicator) REFERENCES indicator (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE comparison (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    indicator TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]*'),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, indicator) REFERENCES indicator (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE assessment (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('plan', 'area', 'goal', 'indicator')),
    subject TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]*'),
    status TEXT NOT NULL CHECK (status IN ('achieved', 'partially_achieved', 'not_achieved', 'not_assessed', 'not_applicable')),
    motivation TEXT NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE completion (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    area TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]*'),
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    motivation TEXT NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, area) REFERENCES area (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE risk (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    description TEXT NOT NULL,
    area TEXT CHECK (area <> ''),
    goal TEXT CHECK (goal <> ''),
    likelihood INTEGER,
    consequence INTEGER,
    level INTEGER,
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL, responsible TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, area) REFERENCES area (plan, key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, goal) REFERENCES goal (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE self_check (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    section TEXT NOT NULL,
    purpose TEXT NOT NULL,
    "new" INTEGER NOT NULL CHECK ("new" IN (0, 1)),
    frequency TEXT NOT NULL CHECK (frequency IN ('year', 'half-year', 'tertial', 'quarter', 'month')),
    threshold TEXT NOT NULL,
    unit TEXT NOT NULL,
    risks TEXT NOT NULL CHECK (json_valid(risks)),
    services TEXT NOT NULL CHECK (json_valid(services)),
    area TEXT CHECK (area <> ''),
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL, responsible TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, area) REFERENCES area (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE result (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    self_check TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period GLOB '[0-9][0-9][0-9][0-9]*'),
    status TEXT NOT NULL CHECK (status IN ('approved', 'partly', 'not_approved', 'not_performed', 'unknown')),
    value TEXT NOT NULL,
    note TEXT NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, self_check) REFERENCES self_check (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE measure (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    description TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('planned', 'ongoing', 'done', 'cancelled')),
    responsible TEXT NOT NULL,
    due TEXT CHECK (due GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    risks TEXT NOT NULL CHECK (json_valid(risks)),
    self_checks TEXT NOT NULL CHECK (json_valid(self_checks)),
    indicators TEXT NOT NULL CHECK (json_valid(indicators)),
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    assignment_kind TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('done', 'ongoing', 'not_started', '')),
    comment TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE economy_table (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    unit TEXT NOT NULL,
    note TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE economy_row (
    plan TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    "table" TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    row_kind TEXT NOT NULL CHECK (row_kind IN ('cost', 'income', 'net')),
    level INTEGER NOT NULL,
    is_sum INTEGER NOT NULL CHECK (is_sum IN (0, 1)),
    budget TEXT NOT NULL,
    forecast TEXT NOT NULL,
    actual TEXT NOT NULL,
    previous TEXT NOT NULL,
    variance TEXT NOT NULL,
    note TEXT NOT NULL,
    "order" INTEGER NOT NULL,
    retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
    contested TEXT NOT NULL CHECK (json_valid(contested)),
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (plan, key),
    FOREIGN KEY (plan) REFERENCES plan (key) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (plan, "table") REFERENCES economy_table (plan, key) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE revision (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    plan TEXT NOT NULL CHECK (plan <> ''),
    kind TEXT NOT NULL CHECK (kind <> ''),
    key TEXT NOT NULL CHECK (key <> ''),
    action TEXT NOT NULL CHECK (length(action) = 36),
    parents TEXT NOT NULL CHECK (json_valid(parents)),
    changed TEXT NOT NULL CHECK (json_valid(changed)),
    state TEXT NOT NULL CHECK (json_valid(state)),
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    device TEXT NOT NULL,
    at TEXT NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'),
    reason TEXT NOT NULL,
    origin TEXT NOT NULL,
    received_at TEXT NOT NULL,
    received_from TEXT NOT NULL,
    chain TEXT NOT NULL CHECK (length(chain) = 64)
, number INTEGER NOT NULL DEFAULT 0 CHECK (number >= 0), here_at TEXT NOT NULL DEFAULT '', proof TEXT, seal TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX revision_of_entity ON revision (plan, kind, key);

CREATE INDEX revision_of_action ON revision (action);

CREATE INDEX revision_by_time ON revision (plan, at);

CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TRIGGER revision_is_never_replaced BEFORE INSERT ON revision
WHEN EXISTS (SELECT 1 FROM revision WHERE id = NEW.id OR sequence = NEW.sequence)
BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END;

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

CREATE TABLE device (
    name TEXT NOT NULL CHECK (name <> ''),
    public_key TEXT NOT NULL CHECK (length(public_key) = 64),
    PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    plan TEXT NOT NULL CHECK (plan <> ''),
    device TEXT NOT NULL CHECK (device <> ''),
    revisions INTEGER NOT NULL CHECK (revisions >= 0),
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    signature TEXT NOT NULL CHECK (length(signature) = 128),
    PRIMARY KEY (plan, device)
) STRICT, WITHOUT ROWID;
