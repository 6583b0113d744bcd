-- The schema of an archive, version 1.  docs/for-archivists.md explains it; a program that opens an archive compares
-- what it finds with this text, so a changed line is a new version (PRAGMA user_version).
--
-- Figures are exact decimals as text, as printed; *_fen are whole fen (1/100 yuan), NULL where an amount is none.
-- A place is "p1 t1 r13 c4 l12": page, table, row, column, line, each from 1 and only where there is one.

-- Which program, by which rules.
CREATE TABLE version (
  id INTEGER PRIMARY KEY,
  program TEXT NOT NULL,
  rulebook TEXT NOT NULL,
  UNIQUE (program, rulebook)
) STRICT;

-- A document by its content; the same content under several names is one.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  format TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('ok', 'partial')),
  encrypted INTEGER NOT NULL CHECK (encrypted IN (0, 1)),
  added_at TEXT NOT NULL,
  checked_at TEXT NOT NULL,
  version_id INTEGER NOT NULL REFERENCES version,
  data_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX document_size ON document (size);

-- Under which names it came; path_bytes (hex) where a path is no UTF-8.
CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  path TEXT NOT NULL,
  path_bytes TEXT NOT NULL DEFAULT '',
  added_at TEXT NOT NULL,
  UNIQUE (document_id, path, path_bytes)
) STRICT;

-- The bytes themselves; packing is zstd, or none where that would not be smaller.
CREATE TABLE original (
  document_id INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  packing TEXT NOT NULL CHECK (packing IN ('zstd', 'none')),
  bytes BLOB NOT NULL
) STRICT;

-- One form of a document.  data is the form as `ziping convert` prints it, zstd.
CREATE TABLE form (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  number INTEGER NOT NULL,
  template TEXT NOT NULL,
  profile TEXT NOT NULL,
  title TEXT,
  year INTEGER,
  project TEXT,
  department TEXT,
  unit TEXT,
  project_key TEXT NOT NULL,
  unit_key TEXT NOT NULL,
  currency_unit TEXT,
  budget TEXT,
  budget_fen INTEGER,
  executed TEXT,
  executed_fen INTEGER,
  headline TEXT,
  total_score TEXT,
  grade TEXT,
  recomputed_total TEXT,
  recomputed_grade TEXT,
  passed INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  not_applicable INTEGER NOT NULL,
  not_evaluable INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (document_id, number)
) STRICT;
CREATE INDEX form_year ON form (year);
CREATE INDEX form_project ON form (project_key, unit_key, year);

-- A row of the funds block: each figure as printed, its value, its place.
CREATE TABLE fund (
  form_id INTEGER NOT NULL REFERENCES form ON DELETE CASCADE,
  number INTEGER NOT NULL,
  source TEXT NOT NULL,
  label TEXT,
  initial TEXT, initial_value TEXT, initial_at TEXT,
  budget TEXT, budget_value TEXT, budget_at TEXT,
  executed TEXT, executed_value TEXT, executed_at TEXT,
  weight TEXT, weight_value TEXT, weight_at TEXT,
  rate TEXT, rate_value TEXT, rate_at TEXT,
  score TEXT, score_value TEXT, score_at TEXT,
  reason TEXT,
  PRIMARY KEY (form_id, number)
) STRICT, WITHOUT ROWID;

-- An indicator: target and actual with comparator, value, upper end of a range, date and unit.
CREATE TABLE indicator (
  form_id INTEGER NOT NULL REFERENCES form ON DELETE CASCADE,
  number INTEGER NOT NULL,
  level1 TEXT,
  level2 TEXT,
  level3 TEXT,
  target TEXT, target_op TEXT, target_value TEXT, target_upper TEXT, target_date TEXT, target_unit TEXT, target_at TEXT,
  actual TEXT, actual_op TEXT, actual_value TEXT, actual_upper TEXT, actual_date TEXT, actual_unit TEXT, actual_at TEXT,
  weight TEXT, weight_value TEXT, weight_at TEXT,
  score TEXT, score_value TEXT, score_at TEXT,
  reason TEXT,
  part_of INTEGER,
  block INTEGER,
  empty INTEGER NOT NULL CHECK (empty IN (0, 1)),
  PRIMARY KEY (form_id, number)
) STRICT, WITHOUT ROWID;

-- What the rules found; form_id NULL: about the document.
CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  form_id INTEGER REFERENCES form ON DELETE CASCADE,
  rule TEXT NOT NULL,
  name TEXT NOT NULL,
  severity TEXT NOT NULL,
  kind TEXT,
  pointer TEXT NOT NULL,
  at TEXT,
  stated TEXT,
  expected TEXT,
  habit TEXT,
  message_zh TEXT NOT NULL,
  message_en TEXT NOT NULL,
  related_path TEXT,
  related_form INTEGER,
  fingerprint TEXT
) STRICT;
CREATE INDEX finding_document ON finding (document_id);
CREATE INDEX finding_form ON finding (form_id);
CREATE INDEX finding_rule ON finding (rule, form_id);

-- What could not be judged, and why.
CREATE TABLE reason (
  id INTEGER PRIMARY KEY,
  zh TEXT NOT NULL,
  en TEXT NOT NULL,
  UNIQUE (zh, en)
) STRICT;
CREATE TABLE unjudged (
  form_id INTEGER NOT NULL REFERENCES form ON DELETE CASCADE,
  number INTEGER NOT NULL,
  rule TEXT NOT NULL,
  pointer TEXT NOT NULL,
  reason_id INTEGER NOT NULL REFERENCES reason,
  PRIMARY KEY (form_id, number)
) STRICT, WITHOUT ROWID;

-- What the reader mended.
CREATE TABLE repair (
  form_id INTEGER NOT NULL REFERENCES form ON DELETE CASCADE,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  pointer TEXT NOT NULL,
  detail_zh TEXT NOT NULL,
  detail_en TEXT NOT NULL,
  PRIMARY KEY (form_id, number)
) STRICT, WITHOUT ROWID;

-- What was said of a document before `archive recheck`: findings, and forms where they differ, as JSON.
CREATE TABLE former (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  version_id INTEGER NOT NULL REFERENCES version,
  checked_at TEXT NOT NULL,
  replaced_at TEXT NOT NULL,
  findings TEXT NOT NULL,
  forms TEXT
) STRICT;
CREATE INDEX former_document ON former (document_id);

-- Forms of one project under different names: confirmed by `archive link`.
CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  project_key TEXT NOT NULL,
  unit_key TEXT NOT NULL,
  to_project_key TEXT NOT NULL,
  to_unit_key TEXT NOT NULL,
  linked_at TEXT NOT NULL,
  UNIQUE (project_key, unit_key, to_project_key, to_unit_key)
) STRICT;

-- Every text of a form, folded (no white space, half width, simplified, lower case), one text a line.  rowid is
-- form.id.  search_text finds three characters and more, search_short one character and two.
CREATE VIRTUAL TABLE search_text USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'trigram');
CREATE VIRTUAL TABLE search_short USING fts5 (text, content = '', columnsize = 0, detail = none,
  tokenize = 'ascii tokenchars ''!"#$%&()*+,-./:;<=>?@[\]^_`{|}~''');

-- For people and other programs.
CREATE VIEW forms AS
  SELECT form.id, form.year, form.unit, form.department, form.project, form.template, form.budget, form.executed,
    form.currency_unit, form.total_score, form.grade, form.recomputed_total,
    (SELECT count(*) FROM finding WHERE finding.form_id = form.id AND severity = 'error') AS errors,
    (SELECT count(*) FROM finding WHERE finding.form_id = form.id AND severity = 'warning') AS warnings,
    (SELECT count(*) FROM finding WHERE finding.form_id = form.id AND severity = 'note') AS notes,
    document.sha256, (SELECT path FROM name WHERE name.document_id = document.id ORDER BY name.id LIMIT 1) AS path
  FROM form JOIN document ON document.id = form.document_id;
CREATE VIEW findings AS
  SELECT finding.id, form.year, form.unit, form.project, finding.rule, finding.name, finding.severity, finding.pointer,
    finding.at, finding.stated, finding.expected, finding.habit, finding.message_zh, finding.message_en, finding.form_id,
    (SELECT path FROM name WHERE name.document_id = finding.document_id ORDER BY name.id LIMIT 1) AS path
  FROM finding LEFT JOIN form ON form.id = finding.form_id;
CREATE VIEW indicators AS
  SELECT form.year, form.unit, form.project, indicator.*
  FROM indicator JOIN form ON form.id = indicator.form_id;
CREATE VIEW funds AS
  SELECT form.year, form.unit, form.project, form.currency_unit, fund.*
  FROM fund JOIN form ON form.id = fund.form_id;
