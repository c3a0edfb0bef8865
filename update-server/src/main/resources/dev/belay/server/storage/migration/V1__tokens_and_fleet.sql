-- Times are milliseconds since 1970 UTC. Ids are text. The same statements run on PostgreSQL.
CREATE TABLE token (
    id         TEXT PRIMARY KEY,
    product    TEXT,               -- NULL: the admin
    hash       TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE report (
    product      TEXT NOT NULL,
    id           TEXT NOT NULL,
    host         TEXT NOT NULL,
    channel      TEXT,
    from_version TEXT,
    to_version   TEXT,
    outcome      TEXT NOT NULL,
    kind         TEXT,
    message      TEXT,
    seconds      REAL,
    supervisor   TEXT,
    received_at  BIGINT NOT NULL,
    PRIMARY KEY (product, id)
);
CREATE INDEX report_by_age ON report (product, received_at);

CREATE TABLE host (
    product     TEXT NOT NULL,
    id          TEXT NOT NULL,
    channel     TEXT,
    version     TEXT,
    outcome     TEXT NOT NULL,
    kind        TEXT,
    supervisor  TEXT,
    reported_at BIGINT NOT NULL,
    PRIMARY KEY (product, id)
);
CREATE INDEX host_by_age ON host (product, reported_at);
