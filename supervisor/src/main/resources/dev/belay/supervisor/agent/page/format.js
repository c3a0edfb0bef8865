// Numbers and times in words.

/** Bytes with two significant digits: `14 MB`, `1.5 GB`. */
export function bytes(count) {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** Seconds as a person says them: `about 40 s`-style without the about. */
export function duration(seconds) {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Elapsed time as a clock: `1:07`. */
export function elapsed(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long ago, coarse on purpose. */
export function ago(instant, now = Date.now()) {
  const seconds = (now - Date.parse(instant)) / 1000;
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `on ${date(instant)}`;
}

/** Date and time of day in the reader's own form. */
export function date(instant) {
  return new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** `1 hop`, `2 hops`. */
export function count(number, word) {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

const STEPS = {
  plan: 'Plan',
  preflight: 'Check this host',
  download: 'Download',
  stage: 'Unpack',
  unpack: 'Unpack',
  merge: 'Merge configuration',
  copy: 'Merge configuration',
  'pre-backup': 'Prepare the backup',
  stop: 'Stop',
  'back-up': 'Back up',
  backup: 'Back up',
  prove: 'Prove the backup',
  'prove-backup': 'Prove the backup',
  'set-aside': 'Set the old state aside',
  switch: 'Switch version',
  migrate: 'Migrate',
  start: 'Start',
  health: 'Check health',
  verify: 'Check health',
  commit: 'Commit',
  'post-commit': 'Follow up',
  'roll-back': 'Put everything back',
};

/** The name of a step for people. */
export function stepName(step) {
  if (STEPS[step]) return STEPS[step];
  const words = step.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
