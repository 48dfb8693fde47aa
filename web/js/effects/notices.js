// @ts-check
/**
 * Tells of new mail outside the page, where that was asked for: a notification of the desktop, a
 * short tone. What comes within a moment is told together.
 *
 * @import { Page } from "../page.js"
 * @import { Row } from "../types.js"
 */
import { grouped, sender, subject } from "../format.js";

/** Milliseconds in which mail is gathered. */
const GATHER = 1000;

/** Subjects that one notification lists. */
const LISTED = 3;

export class Notices {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** The first of those that came, and how many came. @type {Row[]} */
    this.rows = [];
    this.count = 0;
    /** @type {AudioContext | null} */
    this.audio = null;
  }

  /** @param {Row} row */
  heard(row) {
    const { notify, sound } = this.page.state.app.settings;
    if (!(notify && document.hidden) && !sound) return;
    if (!this.count) setTimeout(() => this.tell(), GATHER);
    this.count += 1;
    if (this.rows.length < LISTED) this.rows.push(row);
  }

  tell() {
    const { rows, count } = this;
    const { notify, sound } = this.page.state.app.settings;
    this.rows = [];
    this.count = 0;
    if (sound) this.beep();
    if (notify && document.hidden && permission() === "granted") this.notify(rows, count);
  }

  /** @param {Row[]} rows @param {number} count */
  notify(rows, count) {
    const { title, body } = noticeOf(rows, count);
    const notice = new Notification(title, { body, tag: "mailtrap" });
    notice.onclick = () => {
      window.focus();
      notice.close();
      if (count === 1 && rows[0]) this.page.openMessage(rows[0].id);
      else this.page.turn({ view: "messages", id: null });
    };
  }

  /** A tone of a tenth of a second; browsers allow none before the page was touched. */
  beep() {
    this.audio ??= new AudioContext();
    const { audio } = this;
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = 880;
    volume.gain.setValueAtTime(0.05, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.12);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.12);
  }
}

/**
 * What a notification says of so many messages, of which these came first. Pure.
 * @param {Row[]} rows
 * @param {number} count
 */
export function noticeOf(rows, count) {
  const [first] = rows;
  if (count === 1 && first) return { title: subject(first), body: sender(first) };
  const more = count > rows.length ? [`and ${grouped(count - rows.length)} more`] : [];
  return { title: `${grouped(count)} new messages`, body: [...rows.map(subject), ...more].join("\n") };
}

/** What the browser allows: it may also have no notifications here at all. @returns {NotificationPermission | "missing"} */
export const permission = () => ("Notification" in globalThis ? Notification.permission : "missing");
