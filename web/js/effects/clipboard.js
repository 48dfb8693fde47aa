// @ts-check
/**
 * Copy a text. Browsers give a clipboard only to pages of this machine and with TLS; to the others
 * they let copy what is selected.
 *
 * @param {string} text
 */
export async function clip(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "unseen";
  field.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (!done) throw new Error("This browser lets nothing be copied from this address");
}
