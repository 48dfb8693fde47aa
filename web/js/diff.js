// @ts-check
/** What stands in one text and not in the other, word by word or line by line. Pure. */

/** @typedef {{ side: "" | "a" | "b", text: string }} Change */

/** Tokens of each side that are compared. */
const COMPARED = 6_000;

/** Differences that are looked for; where there are more, the rest is told as wholly different. */
const FOUND = 600;

/** Words with the space behind them. */
const WORDS = /\S+\s*|^\s+/g;

/** @param {string} text */
export const words = (text) => text.match(WORDS) ?? [];

/** @param {string} text */
export const lines = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** What makes two tokens the same. @param {string} token */
const bare = (token) => token.trim();

/**
 * The way from `a` to `b` in pieces: those of side "a" stand only there, those of "b" only there.
 * @param {readonly string[]} a
 * @param {readonly string[]} b
 * @param {(token: string) => string} [key] tokens with the same key are the same; else space makes no difference
 * @returns {{ changes: Change[], cut: boolean }} `cut` where the texts were too long to be read whole
 */
export function difference(a, b, key = bare) {
  const cut = a.length > COMPARED || b.length > COMPARED;
  const [one, two] = [tokens(a, key), tokens(b, key)];
  const begin = sameBegin(one, two);
  const end = sameBegin(one.slice(begin).reverse(), two.slice(begin).reverse());
  const [left, right] = [one.slice(begin, one.length - end), two.slice(begin, two.length - end)];
  const all = [...two.slice(0, begin).map(same), ...middle(left, right), ...two.slice(two.length - end).map(same)];
  return { changes: joined(all), cut };
}

/** @typedef {{ text: string, key: string }} Token */

/** @param {readonly string[]} texts @param {(token: string) => string} key @returns {Token[]} */
const tokens = (texts, key) => texts.slice(0, COMPARED).map((text) => ({ text, key: key(text) }));

/** @param {Token | undefined} token @returns {Change} */
const same = (token) => change("", token);

/** @param {Change["side"]} side @param {Token | undefined} token @returns {Change} */
const change = (side, token) => ({ side, text: token?.text ?? "" });

/** @param {Token | undefined} a @param {Token | undefined} b */
const alike = (a, b) => a !== undefined && a.key === b?.key;

/** @param {Token[]} a @param {Token[]} b */
function sameBegin(a, b) {
  let at = 0;
  while (at < a.length && alike(a[at], b[at])) at += 1;
  return at;
}

/** The shortest way (Myers, 1986), else all of one and all of the other. @param {Token[]} a @param {Token[]} b @returns {Change[]} */
function middle(a, b) {
  const trail = reached(a, b);
  return trail ? walked(a, b, trail) : [...a.map((token) => change("a", token)), ...b.map((token) => change("b", token))];
}

/** How far one comes on each diagonal with so many differences; null where there are too many. @param {Token[]} a @param {Token[]} b */
function reached(a, b) {
  /** @type {Map<number, number>} */
  let far = new Map([[1, 0]]);
  const trail = [far];
  for (let step = 0; step <= Math.min(a.length + b.length, FOUND); step += 1) {
    const next = new Map(far);
    for (let diagonal = -step; diagonal <= step; diagonal += 2) {
      let x = from(far, diagonal, step);
      while (x < a.length && alike(a[x], b[x - diagonal])) x += 1;
      next.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return trail;
    }
    far = next;
    trail.push(far);
  }
  return null;
}

/** Whether one comes onto a diagonal from the one above it: by a word of `b`. @param {Map<number, number>} far @param {number} diagonal @param {number} step */
const isDown = (far, diagonal, step) => diagonal === -step || (diagonal !== step && (far.get(diagonal - 1) ?? -1) < (far.get(diagonal + 1) ?? -1));

/** Where one comes onto a diagonal. @param {Map<number, number>} far @param {number} diagonal @param {number} step */
const from = (far, diagonal, step) => (isDown(far, diagonal, step) ? (far.get(diagonal + 1) ?? -1) : (far.get(diagonal - 1) ?? -1) + 1);

/** The way back from the end. @param {Token[]} a @param {Token[]} b @param {Map<number, number>[]} trail */
function walked(a, b, trail) {
  /** @type {Change[]} */
  const changes = [];
  let [x, y] = [a.length, b.length];
  for (let step = trail.length - 1; step >= 0; step -= 1) {
    const far = /** @type {Map<number, number>} */ (trail[step]);
    const diagonal = x - y;
    const stop = step ? from(far, diagonal, step) : 0;
    while (x > stop && y > stop - diagonal) {
      changes.push(same(b[(y -= 1)]));
      x -= 1;
    }
    if (step) changes.push(isDown(far, diagonal, step) ? change("b", b[(y -= 1)]) : change("a", a[(x -= 1)]));
  }
  return changes.reverse();
}

/** @param {Change[]} changes */
function joined(changes) {
  /** @type {Change[]} */
  const out = [];
  for (const one of changes) {
    const last = out.at(-1);
    if (last?.side === one.side) last.text += one.text;
    else out.push({ ...one });
  }
  return out;
}
