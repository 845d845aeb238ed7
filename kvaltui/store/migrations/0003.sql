-- Who is to report an indicator, answers for a risk and does a self-check: a role.
ALTER TABLE indicator ADD COLUMN responsible TEXT NOT NULL DEFAULT '';

ALTER TABLE risk ADD COLUMN responsible TEXT NOT NULL DEFAULT '';

ALTER TABLE self_check ADD COLUMN responsible TEXT NOT NULL DEFAULT '';
