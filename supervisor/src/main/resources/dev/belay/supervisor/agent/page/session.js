// The page's half of its session. A cookie is the other half, and cookies do not know ports: whatever listens on another
// port of this host gets that half sent. This one is kept where only pages of this very port can read it.

const NAME = 'belay-key';

/** Takes the key out of the address, where the link left it, before anything can pass it on. */
function take() {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given !== null) {
    localStorage.setItem(NAME, given);
    history.replaceState(null, '', location.pathname);
  }
}

take();

/** Headers that prove the session. */
export function proof() {
  return { 'X-Belay-Key': localStorage.getItem(NAME) ?? '' };
}
