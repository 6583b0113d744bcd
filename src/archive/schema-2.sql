-- What version 2 adds to version 1: an older archive gets these statements when something is written to it.

-- Whether each indicator's target was met, a letter an indicator: y, n, u (cannot be said).  X05 asks it.
CREATE TABLE outcome (
  form_id INTEGER PRIMARY KEY REFERENCES form ON DELETE CASCADE,
  met TEXT NOT NULL
) STRICT;

CREATE INDEX link_to ON link (to_project_key, to_unit_key);
