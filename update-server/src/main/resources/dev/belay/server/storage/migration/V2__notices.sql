-- Warnings of expiry that the webhook's receiver took; threshold in seconds before the expiry.
CREATE TABLE notice (
    role       TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    threshold  BIGINT NOT NULL,
    sent_at    BIGINT NOT NULL,
    PRIMARY KEY (role, expires_at, threshold)
);
