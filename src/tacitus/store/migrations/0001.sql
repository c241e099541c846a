-- Version 1. Rows are joined by small integer keys; the ids that people and other programs see are text beside them.

-- What was read, how far, and what came of it. `run` counts who took the source up: only the latest run may move the position.
CREATE TABLE sources (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    run INTEGER NOT NULL,
    position TEXT,
    read INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    left_out INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('reading', 'finished', 'failed')),
    started TEXT NOT NULL,
    finished TEXT,
    UNIQUE (name, kind, fingerprint)
) STRICT;

CREATE TABLE left_out (
    key INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources (key) ON DELETE CASCADE,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX left_out_source ON left_out (source, kind);

CREATE TABLE reports (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT,
    canonical_url TEXT,
    content_key TEXT,
    publisher TEXT,
    published TEXT,
    title TEXT,
    language TEXT,
    label TEXT,
    source INTEGER REFERENCES sources (key) ON DELETE SET NULL,
    coder TEXT NOT NULL,
    ingested_at TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX reports_canonical_url ON reports (canonical_url) WHERE canonical_url IS NOT NULL;
CREATE UNIQUE INDEX reports_content_key ON reports (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX reports_published ON reports (published);
CREATE INDEX reports_coder ON reports (coder);
CREATE INDEX reports_source ON reports (source);

-- Other addresses at which the very text of a report was met: no second report, but a story counts its sources with them.
CREATE TABLE sightings (
    key INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (key) ON DELETE CASCADE,
    url TEXT NOT NULL,
    canonical_url TEXT NOT NULL UNIQUE,
    publisher TEXT,
    published TEXT,
    seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX sightings_report ON sightings (report);

CREATE TABLE report_copies (
    report INTEGER PRIMARY KEY REFERENCES reports (key) ON DELETE CASCADE,
    copy_of INTEGER NOT NULL REFERENCES reports (key) ON DELETE CASCADE,
    similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1),
    CHECK (report <> copy_of)
) STRICT;
CREATE INDEX report_copies_copy_of ON report_copies (copy_of);

CREATE TABLE stories (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    first_seen TEXT,
    last_seen TEXT,
    events INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    reports INTEGER NOT NULL DEFAULT 0,
    sources INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX stories_first_seen ON stories (first_seen);

-- An imported event has no report here (`report` is null) and carries its header (`own_…`) itself; a coded one has its report's.
CREATE TABLE events (
    key INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    report INTEGER REFERENCES reports (key) ON DELETE CASCADE,
    own_report_id TEXT,
    own_url TEXT,
    own_published TEXT,
    own_title TEXT,
    producer TEXT NOT NULL,
    coder TEXT NOT NULL,
    story INTEGER REFERENCES stories (key) ON DELETE SET NULL,
    event_date TEXT CHECK (event_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    date_precision TEXT CHECK (date_precision IN ('day', 'week', 'month', 'year')),
    code TEXT NOT NULL,
    root TEXT NOT NULL,
    name TEXT NOT NULL,
    quad_class INTEGER NOT NULL CHECK (quad_class BETWEEN 1 AND 4),
    goldstein REAL NOT NULL,
    plover_event TEXT,
    plover_mode TEXT,
    plover_context TEXT NOT NULL,
    modality TEXT NOT NULL CHECK (modality IN ('actual', 'planned', 'hypothetical', 'negated')),
    reciprocal INTEGER NOT NULL CHECK (reciprocal IN (0, 1)),
    sentence INTEGER NOT NULL,
    trigger_text TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    place_text TEXT,
    place_start INTEGER,
    place_end INTEGER,
    place_name TEXT,
    place_country TEXT,
    place_admin1 TEXT,
    place_lat REAL,
    place_lon REAL,
    place_geonameid INTEGER,
    place_precision TEXT,
    killed INTEGER,
    wounded INTEGER,
    detained INTEGER,
    participants INTEGER,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    CHECK ((report IS NULL) = (own_report_id IS NOT NULL))
) STRICT;
CREATE INDEX events_date ON events (event_date, key);
CREATE INDEX events_root ON events (root, event_date, key, modality);
CREATE INDEX events_code ON events (code, event_date, key);
CREATE INDEX events_place ON events (place_country, event_date, key) WHERE place_country IS NOT NULL;
CREATE INDEX events_report ON events (report);
CREATE INDEX events_own_report ON events (own_report_id) WHERE own_report_id IS NOT NULL;
CREATE INDEX events_story ON events (story) WHERE story IS NOT NULL;

CREATE TABLE actors (
    event INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('source', 'target', 'attribution')),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    code TEXT,
    country TEXT,
    roles TEXT NOT NULL,
    name TEXT,
    PRIMARY KEY (event, side, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions (
    event INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

-- One row a source-target pair, with what dyads are asked for, so that no question about dyads reads the wide tables. Positions are those
-- in `actors` (0 where a side is empty). A reciprocal event has every pair the other way round too, with `mirrored` 1.
-- The country is the code's, else the actor's. `first_of_pair` is 1 on one row of each event and country pair: counting those counts events.
CREATE TABLE dyads (
    event INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE,
    mirrored INTEGER NOT NULL CHECK (mirrored IN (0, 1)),
    first_of_pair INTEGER NOT NULL CHECK (first_of_pair IN (0, 1)),
    source_position INTEGER NOT NULL,
    target_position INTEGER NOT NULL,
    source_code TEXT,
    target_code TEXT,
    source_country TEXT,
    target_country TEXT,
    event_date TEXT,
    code TEXT NOT NULL,
    root TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    goldstein REAL NOT NULL,
    modality TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (event, mirrored, source_position, target_position)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyads_countries ON dyads
    (source_country, target_country, event_date, event, first_of_pair, root, modality, quad_class, goldstein, code, confidence, source_code, target_code);
CREATE INDEX dyads_source ON dyads (source_country, event_date, event, root, modality, code, confidence, source_code);
CREATE INDEX dyads_target ON dyads (target_country, event_date, event, root, modality, code, confidence, target_code);
CREATE INDEX dyads_codes ON dyads (source_code, target_code, event_date, event, root, modality);
CREATE INDEX dyads_target_code ON dyads (target_code, event_date, event);

CREATE VIRTUAL TABLE reports_fts USING fts5 (title, text, content='reports', content_rowid='key', tokenize='porter unicode61 remove_diacritics 2');
CREATE TRIGGER reports_fts_insert AFTER INSERT ON reports BEGIN
    INSERT INTO reports_fts (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER reports_fts_delete AFTER DELETE ON reports BEGIN
    INSERT INTO reports_fts (reports_fts, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;
CREATE TRIGGER reports_fts_update AFTER UPDATE OF title, text ON reports BEGIN
    INSERT INTO reports_fts (reports_fts, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    INSERT INTO reports_fts (rowid, title, text) VALUES (new.key, new.title, new.text);
END;

CREATE VIEW events_flat AS
SELECT
    e.event_id, coalesce(r.id, e.own_report_id) AS report_id,
    CASE WHEN e.report IS NULL THEN e.own_url ELSE r.url END AS url,
    CASE WHEN e.report IS NULL THEN e.own_published ELSE r.published END AS published,
    CASE WHEN e.report IS NULL THEN e.own_title ELSE r.title END AS title,
    r.publisher, e.producer, e.coder, y.id AS story_id,
    d.event_date, e.date_precision, d.code, d.root, e.name, d.quad_class, d.goldstein, e.plover_event, e.plover_mode, e.plover_context,
    d.modality, e.reciprocal, d.confidence,
    d.source_code, d.source_country, s.text AS source_text, s.name AS source_name, s.roles AS source_roles,
    d.target_code, d.target_country, t.text AS target_text, t.name AS target_name, t.roles AS target_roles,
    a.code AS attribution_code, a.text AS attribution_text, a.name AS attribution_name,
    e.place_text, e.place_name, e.place_country, e.place_admin1, e.place_lat, e.place_lon, e.place_geonameid, e.place_precision,
    e.killed, e.wounded, e.detained, e.participants,
    e.sentence, e.trigger_text, e.trigger_start, e.trigger_end,
    (SELECT count(*) FROM mentions m WHERE m.event = e.key) AS mentions
FROM dyads d
JOIN events e ON e.key = d.event
LEFT JOIN reports r ON r.key = e.report
LEFT JOIN stories y ON y.key = e.story
LEFT JOIN actors s ON s.event = d.event AND s.side = 'source' AND s.position = d.source_position
LEFT JOIN actors t ON t.event = d.event AND t.side = 'target' AND t.position = d.target_position
LEFT JOIN actors a ON a.event = d.event AND a.side = 'attribution'
WHERE d.mirrored = 0;

CREATE VIEW reports_flat AS
SELECT
    r.id AS report_id, r.url, r.publisher, r.published, r.title, r.language, r.label, s.name AS source, r.coder, r.ingested_at,
    (SELECT count(*) FROM events e WHERE e.report = r.key) AS events,
    (SELECT count(*) FROM sightings g WHERE g.report = r.key) AS sightings,
    o.id AS copy_of, c.similarity, r.text
FROM reports r
LEFT JOIN sources s ON s.key = r.source
LEFT JOIN report_copies c ON c.report = r.key
LEFT JOIN reports o ON o.key = c.copy_of;
