// @ts-check
/**
 * The event stream.
 *
 * A browser has six connections for one server, and a stream takes one. So of the pages that are
 * hidden only one goes on listening, to notify and to count in its title: the one that has the lock.
 * The others go on where they stopped, and where that is too long ago the server says "gap".
 */
import { PREFIX, base } from "./base.js";

const KINDS = [
  "message.added", "messages.updated", "messages.deleted", "messages.cleared",
  "attempt.added", "session.opened", "session.closed", "gap",
];
const RETRY = 2000;

/** Only pages that the browser trusts have locks: those of this machine, and those with TLS. */
const LOCKS = navigator.locks;

/** Milliseconds that a hidden page goes on listening which lacks the lock. */
const HIDDEN = LOCKS ? 5_000 : 600_000;

export class Live {
  /**
   * @param {number} since the seq after which to begin
   * @param {(kind: string, data: any) => void} tell
   * @param {(on: boolean) => void} connected
   */
  constructor(since, tell, connected) {
    this.since = since;
    this.tell = tell;
    this.connected = connected;
    /** @type {EventSource | null} */
    this.source = null;
    this.sleep = 0;
    /** Gives the lock back; null where another page has it. @type {(() => void) | null} */
    this.yield = null;
    document.addEventListener("visibilitychange", () => this.adapt());
    // A page that is left may be kept for going back to: its stream must not take a connection from the next.
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", ({ persisted }) => persisted && this.enter());
    this.enter();
  }

  enter() {
    this.adapt();
    LOCKS?.request(`mailtrap${PREFIX}`, () => {
      const held = new Promise((done) => (this.yield = () => done(null)));
      this.adapt();
      return held;
    });
  }

  leave() {
    this.close();
    this.yield?.();
    this.yield = null;
  }

  /** Open or closed, as the page is seen or not. */
  adapt() {
    clearTimeout(this.sleep);
    if (!document.hidden || this.yield) this.open();
    else this.sleep = setTimeout(() => this.close(), HIDDEN);
  }

  open() {
    if (this.source) return;
    const source = new EventSource(base(`/api/stream?since=${this.since}`));
    source.onopen = () => this.connected(true);
    source.onerror = () => this.lost(source);
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.take(event));
    this.source = source;
  }

  /** @param {MessageEvent} event */
  take(event) {
    this.since = Number(event.lastEventId);
    this.tell(event.type, JSON.parse(event.data));
  }

  /** The browser tries again by itself, except where the server refused. @param {EventSource} source */
  lost(source) {
    this.connected(false);
    if (source.readyState !== EventSource.CLOSED) return;
    this.source = null;
    setTimeout(() => this.adapt(), RETRY);
  }

  close() {
    this.source?.close();
    this.source = null;
  }
}
