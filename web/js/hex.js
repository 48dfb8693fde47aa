// @ts-check
/** Octets as one reads them: their place, their value, their letters. Pure. */

/** Octets in a line. */
const WIDE = 16;

/** @param {Uint8Array} octets @returns {string[]} */
export function dump(octets) {
  return Array.from({ length: Math.ceil(octets.length / WIDE) }, (_, index) => line(octets, index * WIDE));
}

/** @param {Uint8Array} octets @param {number} at */
function line(octets, at) {
  const some = [...octets.subarray(at, at + WIDE)];
  const values = some.map((octet, place) => `${octet.toString(16).padStart(2, "0")}${place === 7 ? " " : ""}`).join(" ");
  const letters = some.map((octet) => (octet > 31 && octet < 127 ? String.fromCharCode(octet) : "·")).join("");
  return `${at.toString(16).padStart(6, "0")}  ${values.padEnd(WIDE * 3 + 1)}  ${letters}`;
}
